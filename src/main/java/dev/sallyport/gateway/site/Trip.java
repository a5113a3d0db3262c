package dev.sallyport.gateway.site;

import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A browser's way to the sign-in and back, as its cookie has it: what only this browser knows, and
/// the page that it wanted. The console's host is told the hash alone.
///
/// @param page path and query on this host
public record Trip(Secret state, String page) {
  private static final int MAX_PAGE = 2_000;

  public static Trip to(String page) {
    return new Trip(RandomTokens.credential(""), isOwn(page) ? page : "/");
  }

  /// Reads a cookie; a page that is none of this host becomes the first one.
  public static Optional<Trip> of(String cookie) {
    int dot = cookie.indexOf('.');
    if (dot <= 0) {
      return Optional.empty();
    }
    String page;
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cookie.substring(dot + 1));
      page = new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.of(new Trip(new Secret(cookie.substring(0, dot)), isOwn(page) ? page : "/"));
  }

  public String cookie() {
    byte[] bytes = page.getBytes(StandardCharsets.ISO_8859_1);
    return state.reveal() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public String challenge() {
    return TokenHash.of(state.reveal()).hex();
  }

  // Browsers read `//` and `\` as the beginning of another host.
  private static boolean isOwn(String page) {
    return page.length() <= MAX_PAGE
        && page.startsWith("/")
        && !page.startsWith("//")
        && page.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\' && c != '"');
  }
}
