package dev.sallyport.api;

import dev.sallyport.authz.Credentials;
import dev.sallyport.crypto.Secret;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the headers of a request say about who calls.
///
/// @param otherScheme the scheme of an `Authorization` header that is not Bearer, such as Basic
/// @param isTwo whether it brought more than one credential
record RequestCredentials(
    @Nullable Secret bearer, @Nullable Secret cookie, @Nullable String otherScheme, boolean isTwo) {
  // What an open page sends by itself, not because anybody does something.
  private static final Set<String> IDLE_REQUESTS = Set.of("heartbeat", "push");

  static RequestCredentials of(HttpServletRequest request, String cookieName) {
    List<String> headers = Collections.list(request.getHeaders("Authorization"));
    Secret cookie = cookie(request, cookieName);
    if (headers.isEmpty()) {
      return new RequestCredentials(null, cookie, null, false);
    }
    String[] parts = headers.getFirst().strip().split(" ", 2);
    boolean isBearer = parts[0].equalsIgnoreCase("Bearer");
    Secret bearer = isBearer ? new Secret(parts.length == 1 ? "" : parts[1].strip()) : null;
    boolean isTwo = headers.size() > 1 || (bearer != null && cookie != null);
    return new RequestCredentials(bearer, cookie, isBearer ? null : parts[0], isTwo);
  }

  boolean isEmpty() {
    return bearer == null && cookie == null;
  }

  Credentials from(HttpServletRequest request, String address) {
    String query = request.getQueryString();
    boolean isIdle =
        query != null && IDLE_REQUESTS.stream().anyMatch(kind -> query.contains("v-r=" + kind));
    return new Credentials(bearer, cookie, address, !isIdle);
  }

  private static @Nullable Secret cookie(HttpServletRequest request, String name) {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return null;
    }
    for (Cookie cookie : cookies) {
      if (cookie.getName().equals(name)) {
        return new Secret(cookie.getValue());
      }
    }
    return null;
  }
}
