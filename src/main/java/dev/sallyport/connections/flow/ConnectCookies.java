package dev.sallyport.connections.flow;

import dev.sallyport.config.Settings;
import dev.sallyport.consolesessions.SignedValues;
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

/// The cookies that tie a way to an authorization server to the browser that set out, one for each
/// tab. Always SameSite=Lax: the way back is a cross-site navigation.
@ApplicationScoped
class ConnectCookies {
  private static final int MOST = 5;
  private static final String BASE = "sallyport_connect_";
  private static final int SHORT = 8;

  @Inject Settings settings;
  @Inject SignedValues signed;
  @Inject ConnectStates states;

  /// Ties this one to the browser; its oldest ones give way.
  void set(String id, String state, HttpServletRequest request, HttpServletResponse response) {
    Map<String, String> present = idsByName(request);
    List<String> waiting = states.waiting(new ArrayList<>(present.values()));
    List<String> kept = waiting.subList(Math.max(0, waiting.size() - MOST + 1), waiting.size());
    present.forEach(
        (name, other) -> {
          if (!kept.contains(other)) {
            response.addCookie(cookie(name, "", 0));
          }
        });
    int seconds = (int) ConnectStates.LIFETIME.toSeconds();
    response.addCookie(cookie(name(state), signed.sign(id).reveal(), seconds));
  }

  /// The id of what the answer with this state belongs to, if this browser set out for it.
  Optional<String> find(String state, HttpServletRequest request) {
    String name = name(state);
    return cookies(request).stream()
        .filter(cookie -> cookie.getName().equals(name))
        .findFirst()
        .flatMap(this::id);
  }

  void clear(String state, HttpServletResponse response) {
    response.addCookie(cookie(name(state), "", 0));
  }

  private Map<String, String> idsByName(HttpServletRequest request) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (Cookie cookie : cookies(request)) {
      if (cookie.getName().startsWith(prefix() + BASE)) {
        ids.put(cookie.getName(), id(cookie).orElse(""));
      }
    }
    return ids;
  }

  private Optional<String> id(Cookie cookie) {
    return signed.verify(ConnectStates.PREFIX, new Secret(cookie.getValue()));
  }

  private static List<Cookie> cookies(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null ? List.of() : Arrays.asList(cookies);
  }

  // Only letters that a cookie's name may have: what a stranger sends as state becomes none.
  private String name(String state) {
    String safe = state.replaceAll("[^A-Za-z0-9_-]", "");
    return prefix() + BASE + safe.substring(0, Math.min(SHORT, safe.length()));
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

  private String prefix() {
    return isSecure() ? "__Host-" : "";
  }

  private boolean isSecure() {
    return "https".equals(settings.publicUrl().getScheme());
  }
}
