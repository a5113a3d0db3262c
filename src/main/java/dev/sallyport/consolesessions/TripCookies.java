package dev.sallyport.consolesessions;

import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The cookies that tie a way to another server to the browser that set out, one for each tab.
/// Always SameSite=Lax: the way back is a cross-site navigation.
@ApplicationScoped
public class TripCookies {
  /// How many a browser holds of a kind.
  public static final int MOST = 5;

  private static final int SHORT = 8;

  /// What the ways are for.
  ///
  /// @param name what the cookies' names begin with
  /// @param prefix of the ids that they hold
  /// @param waiting of these ids the ones that still wait, oldest first
  public record Kind(String name, String prefix, UnaryOperator<List<String>> waiting) {}

  /// One way: what the cookie holds, and what its name is made of.
  public record Trip(String id, String state) {}

  /// A call and its answer.
  public record Http(HttpServletRequest request, HttpServletResponse response) {}

  @Inject Settings settings;
  @Inject SignedValues signed;

  /// Ties this one to the browser; its oldest ones give way.
  public void set(Kind kind, Trip trip, Http http) {
    Map<String, String> present = idsByName(kind, http.request());
    List<String> waiting = kind.waiting().apply(new ArrayList<>(present.values()));
    List<String> kept = waiting.subList(Math.max(0, waiting.size() - MOST + 1), waiting.size());
    present.forEach(
        (name, other) -> {
          if (!kept.contains(other)) {
            http.response().addCookie(cookie(name, "", 0));
          }
        });
    int seconds = (int) Trips.LIFETIME.toSeconds();
    String value = signed.sign(trip.id()).reveal();
    http.response().addCookie(cookie(name(kind, trip.state()), value, seconds));
  }

  /// The id of what the answer with this state belongs to, if this browser set out for it.
  public Optional<String> find(Kind kind, String state, HttpServletRequest request) {
    String name = name(kind, state);
    return cookies(request).stream()
        .filter(cookie -> cookie.getName().equals(name))
        .findFirst()
        .flatMap(cookie -> id(kind, cookie));
  }

  public void clear(Kind kind, String state, HttpServletResponse response) {
    response.addCookie(cookie(name(kind, state), "", 0));
  }

  private Map<String, String> idsByName(Kind kind, HttpServletRequest request) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (Cookie cookie : cookies(request)) {
      if (cookie.getName().startsWith(host() + kind.name())) {
        ids.put(cookie.getName(), id(kind, cookie).orElse(""));
      }
    }
    return ids;
  }

  private Optional<String> id(Kind kind, Cookie cookie) {
    return signed.verify(kind.prefix(), new Secret(cookie.getValue()));
  }

  private static List<Cookie> cookies(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null ? List.of() : Arrays.asList(cookies);
  }

  // Only letters that a cookie's name may have: what a stranger sends as state becomes none.
  private String name(Kind kind, String state) {
    String safe = state.replaceAll("[^A-Za-z0-9_-]", "");
    return host() + kind.name() + safe.substring(0, Math.min(SHORT, safe.length()));
  }

  private Cookie cookie(String name, String value, int seconds) {
    Cookie cookie = new Cookie(name, value);
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSecure(isSecure());
    cookie.setAttribute("SameSite", "Lax");
    cookie.setMaxAge(seconds);
    return cookie;
  }

  private String host() {
    return isSecure() ? "__Host-" : "";
  }

  private boolean isSecure() {
    return "https".equals(settings.publicUrl().getScheme());
  }
}
