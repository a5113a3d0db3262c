package dev.sallyport.api;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// A request that knows its method, path, headers and cookies, and nothing else.
record FakeRequest(
    String method, String path, Map<String, List<String>> headers, List<Cookie> cookies) {

  static FakeRequest of(String method, String path) {
    return new FakeRequest(method, path, Map.of(), List.of());
  }

  FakeRequest authorization(String... values) {
    return new FakeRequest(method, path, Map.of("Authorization", List.of(values)), cookies);
  }

  FakeRequest cookie(String name, String value) {
    return new FakeRequest(method, path, headers, List.of(new Cookie(name, value)));
  }

  /// With the Origin of this site's own pages.
  FakeRequest fromOwnPage() {
    return new FakeRequest(method, path, Map.of("Origin", List.of("https://gw.example")), cookies);
  }

  HttpServletRequest request() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (_, called, arguments) ->
                switch (called.getName()) {
                  case "getMethod" -> method;
                  case "getServletPath" -> path.split("\\?")[0];
                  case "getPathInfo" -> null;
                  case "getQueryString" -> path.contains("?") ? path.split("\\?")[1] : null;
                  case "getHeader" ->
                      headers.getOrDefault((String) arguments[0], List.of()).stream()
                          .findFirst()
                          .orElse(null);
                  case "getHeaders" ->
                      Collections.enumeration(
                          headers.getOrDefault((String) arguments[0], List.of()));
                  case "getCookies" -> cookies.isEmpty() ? null : cookies.toArray(new Cookie[0]);
                  default -> throw new UnsupportedOperationException(called.getName());
                });
  }
}
