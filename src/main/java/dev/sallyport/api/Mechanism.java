package dev.sallyport.api;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.Authentication;
import dev.sallyport.authz.Authentication.Known;
import dev.sallyport.authz.Authentication.NotMine;
import dev.sallyport.authz.Authentication.Refused;
import dev.sallyport.authz.Authenticators;
import dev.sallyport.authz.Credentials;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.Permit;
import dev.sallyport.ratelimit.RequestLimits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/// The one way in for cookie, key and token. A credential that is worth nothing refuses the call;
/// it never makes it an anonymous one, except that a browser with an old cookie may see the pages
/// that lead to the sign-in.
@ApplicationScoped
public class Mechanism {
  private static final Logger LOG = Logger.getLogger(Mechanism.class);
  private static final Known NOBODY = new Known(Actor.ANONYMOUS);
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  @Inject Authenticators authenticators;
  @Inject @Any Instance<CookieProof> proofs;
  @Inject CrossSiteCheck crossSite;
  @Inject RequestLimits limits;

  /// Whoever calls; refuses by throwing.
  Known admit(HttpServletRequest request, RequestCredentials brought, String address) {
    boolean isApi = isApi(request);
    refuseUnread(request, brought, isApi);
    if (brought.isEmpty()) {
      return NOBODY;
    }
    return switch (limited(brought.from(request, address))) {
      case Known known -> proven(request, known, isApi);
      case Refused refused when brought.bearer() == null && !isApi && isSignedOut(refused) ->
          NOBODY;
      case Refused refused -> throw refusal(refused.reason());
      case NotMine _ -> throw refusal(ProblemType.UNAUTHENTICATED);
    };
  }

  /// Whether the cookie, rather than the server, is the reason.
  private static boolean isSignedOut(Refused refused) {
    return refused.reason().status() < 500;
  }

  private static boolean isApi(HttpServletRequest request) {
    // Decoded and without parameters, as the resources are matched; the URI itself may be written
    // in many ways.
    String rest = request.getPathInfo();
    String path = rest == null ? request.getServletPath() : request.getServletPath() + rest;
    return path.equals("/api") || path.startsWith("/api/");
  }

  /// Refuses what no credential can make good.
  private void refuseUnread(HttpServletRequest request, RequestCredentials brought, boolean isApi) {
    if (brought.isTwo()) {
      throw refusal(ProblemType.TWO_CREDENTIALS);
    }
    if (isApi && brought.otherScheme() != null) {
      throw new SallyportException(
          ProblemType.UNAUTHENTICATED, "This takes the scheme Bearer and no other.");
    }
    if (brought.bearer() == null && crossSite.refuses(request, brought.cookie() != null)) {
      throw refusal(ProblemType.CSRF);
    }
  }

  private Authentication limited(Credentials credentials) {
    String key = RequestLimits.addressKey(credentials.address());
    Authentication answer = asked(credentials);
    // Whoever is good is never limited by the bad ones beside them.
    if (answer instanceof Refused
        && limits.take(LimitKind.PUBLIC, key) instanceof Permit.Denied denied) {
      throw SallyportException.retryAfter(ProblemType.TOO_MANY_REQUESTS, denied.retryAfter());
    }
    return answer;
  }

  private Authentication asked(Credentials credentials) {
    try {
      return authenticators.authenticate(credentials);
    } catch (SallyportException e) {
      throw e;
    } catch (RuntimeException e) {
      // Whatever it was: nobody could tell who calls, and that may be better in a moment.
      LOG.warn("a credential could not be checked", e);
      throw SallyportException.retryAfter(ProblemType.NOT_CURRENT, Duration.ofSeconds(1));
    }
  }

  private Known proven(HttpServletRequest request, Known known, boolean isApi) {
    if (!isApi || !known.mustProveOrigin() || SAFE.contains(request.getMethod())) {
      return known;
    }
    String session = known.sessionId();
    if (session == null || proofs.stream().noneMatch(p -> p.isProven(request, session))) {
      throw refusal(ProblemType.CSRF);
    }
    return known;
  }

  private static SallyportException refusal(ProblemType type) {
    return new SallyportException(type, type.cause());
  }
}
