package dev.sallyport.api;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.Authentication.Known;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.CredentialRefused;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.http.ClientAddress;
import dev.sallyport.logging.LogFields;
import dev.sallyport.persistence.Json;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// Finds out who calls and binds it for the length of the servlet call, console and REST alike. The
/// gateway's calls never come here.
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class CallContextFilter extends HttpFilter {
  @Inject Mechanism mechanism;
  @Inject ClientAddress clientAddress;
  @Inject Settings settings;
  @Inject Event<CredentialRefused> refused;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var nobody = new CallContext(Actor.ANONYMOUS, address(request), RandomTokens.id("req_"));
    response.setHeader("X-Request-Id", nobody.requestId());
    SecurityHeaders.set(response, request.getRequestURI());
    var brought = RequestCredentials.of(request, SessionCookie.name(settings));
    Known known;
    try {
      known = mechanism.admit(request, brought, nobody.address());
    } catch (SallyportException refusal) {
      if (refusal.type().status() == 401 && brought.bearer() != null) {
        refused.fire(new CredentialRefused(nobody, refusal.type()));
      }
      refuse(response, refusal, brought.bearer() != null);
      return;
    }
    var context =
        new CallContext(known.actor(), nobody.address(), nobody.requestId(), known.sessionId());
    goOn(context, request, response, chain);
  }

  private static void goOn(
      CallContext context,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    MDC.put(LogFields.REQUEST, context.requestId());
    MDC.put(LogFields.ACTOR, context.actor().id());
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
    } finally {
      MDC.remove(LogFields.REQUEST);
      MDC.remove(LogFields.ACTOR);
    }
  }

  private static void refuse(
      HttpServletResponse response, SallyportException refusal, boolean hadBearer)
      throws IOException {
    ProblemType type = refusal.type();
    response.setStatus(type.status());
    response.setContentType(Problem.MEDIA_TYPE);
    if (type.status() == 401) {
      // RFC 6750 section 3: the error is named only where a token was sent.
      String challenge = "Bearer realm=\"sallyport\"";
      response.setHeader(
          "WWW-Authenticate", hadBearer ? challenge + ", error=\"invalid_token\"" : challenge);
    }
    refusal
        .retryAfterSeconds()
        .ifPresent(seconds -> response.setHeader("Retry-After", String.valueOf(seconds)));
    String requestId = String.valueOf(response.getHeader("X-Request-Id"));
    Problem problem = Problem.of(type, refusal.detail(), requestId, List.of());
    response.getOutputStream().write(Json.write(problem).getBytes(StandardCharsets.UTF_8));
  }

  private String address(HttpServletRequest request) throws IOException {
    List<String> forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
    InetAddress peer = InetAddress.getByName(request.getRemoteAddr());
    return clientAddress.of(peer, forwarded).getHostAddress();
  }
}
