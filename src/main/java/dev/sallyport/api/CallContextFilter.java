package dev.sallyport.api;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.Authenticator;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Credentials;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.http.ClientAddress;
import dev.sallyport.persistence.Json;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.Permit;
import dev.sallyport.ratelimit.RequestLimits;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out who calls and binds it for the length of the servlet call, console and REST alike. The
/// gateway's calls never come here.
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class CallContextFilter extends HttpFilter {
  private static final String BEARER = "bearer ";

  @Inject @Any Instance<Authenticator> authenticators;
  @Inject ClientAddress clientAddress;
  @Inject CrossSiteCheck crossSite;
  @Inject Settings settings;
  @Inject RequestLimits limits;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String address = address(request);
    Secret bearer = bearer(request);
    Secret cookie = bearer == null ? sessionCookie(request) : null;
    String requestId = RandomTokens.id("req_");
    response.setHeader("X-Request-Id", requestId);
    SecurityHeaders.set(response, request.getRequestURI());
    if (bearer == null && crossSite.refuses(request, cookie != null)) {
      refuse(response, requestId, ProblemType.CSRF);
      return;
    }
    Credentials credentials = new Credentials(bearer, cookie, address);
    Actor actor = credentials.isEmpty() ? Actor.ANONYMOUS : limited(credentials, response);
    if (actor == null) {
      refuse(response, requestId, ProblemType.TOO_MANY_REQUESTS);
      return;
    }
    CallContext context = new CallContext(actor, address, requestId);
    try {
      context.<@Nullable Void, Exception>call(
          () -> {
            chain.doFilter(request, response);
            return null;
          });
    } catch (IOException | ServletException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  /// The actor; null when too many wrong credentials came from this address.
  private @Nullable Actor limited(Credentials credentials, HttpServletResponse response) {
    String key = RequestLimits.addressKey(credentials.address());
    if (limits.peek(LimitKind.PUBLIC, key) instanceof Permit.Denied denied) {
      response.setHeader("Retry-After", String.valueOf(denied.retryAfterSeconds()));
      return null;
    }
    Actor actor = actor(credentials);
    if (actor.isAnonymous()) {
      limits.take(LimitKind.PUBLIC, key);
    }
    return actor;
  }

  private static void refuse(HttpServletResponse response, String requestId, ProblemType type)
      throws IOException {
    response.setStatus(type.status());
    response.setContentType(Problem.MEDIA_TYPE);
    Problem problem = Problem.of(type, type.cause(), requestId, List.of());
    response.getOutputStream().write(Json.write(problem).getBytes(StandardCharsets.UTF_8));
  }

  private Actor actor(Credentials credentials) {
    return authenticators.stream()
        .map(authenticator -> authenticator.authenticate(credentials))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(Actor.ANONYMOUS);
  }

  private String address(HttpServletRequest request) throws IOException {
    List<String> forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
    InetAddress peer = InetAddress.getByName(request.getRemoteAddr());
    return clientAddress.of(peer, forwarded).getHostAddress();
  }

  private static @Nullable Secret bearer(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    return new Secret(header.substring(BEARER.length()).strip());
  }

  private @Nullable Secret sessionCookie(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return null;
    }
    String cookieName = SessionCookie.name(settings);
    for (Cookie cookie : cookies) {
      if (cookie.getName().equals(cookieName)) {
        return new Secret(cookie.getValue());
      }
    }
    return null;
  }
}
