package dev.sallyport.gateway.site;

import dev.sallyport.fuzz.Holds;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// Whatever a browser sends as cookies, none of ours reaches the app; whatever an app sets, none of
/// ours is set; and a sign-in ends on the host where it began.
public final class CookieHeaderFuzz {
  private static final URI SITE = URI.create("https://wiki.apps.example/");

  private CookieHeaderFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    cookies(Arrays.asList(text.split("\n", -1)));
    setCookie(text);
    trip(text);
    trip("state." + Base64.getUrlEncoder().withoutPadding().encodeToString(input));
  }

  private static void cookies(List<String> headers) {
    String kept = CookieHeader.forApp(headers);
    if (kept == null) {
      return;
    }
    List<String> again = List.of(kept);
    Holds.that(CookieHeader.names(again).stream().noneMatch(SiteCookies::isOwn), "none of ours");
    Holds.that(kept.equals(CookieHeader.forApp(again)), "nothing left to take out");
  }

  private static void setCookie(String text) {
    String kept = CookieHeader.fromApp(text);
    if (kept == null) {
      return;
    }
    String name = kept.substring(0, kept.indexOf('='));
    Holds.that(!SiteCookies.isOwn(name), "none of our names");
    String attributes = kept.substring(kept.split(";", -1)[0].length()).toLowerCase(Locale.ROOT);
    Holds.that(!attributes.matches("(?s).*; *domain *(=.*|;.*|)"), "for this host alone");
    Holds.that(kept.equals(CookieHeader.fromApp(kept)), "nothing left to take out");
  }

  private static void trip(String cookie) {
    Trip.of(cookie)
        .ifPresent(
            trip -> {
              Holds.that(trip.page().startsWith("/") && !trip.page().startsWith("//"), "a path");
              Holds.that(Trip.of(trip.cookie()).orElseThrow().page().equals(trip.page()), "kept");
              try {
                String host = SITE.resolve(trip.page()).getHost();
                Holds.that("wiki.apps.example".equals(host), "this host");
              } catch (IllegalArgumentException e) {
                // A stray % is no URI; browsers take it for a letter of the path.
              }
            });
  }
}
