package dev.sallyport.gateway.exchange;

import dev.sallyport.api.Problem;
import dev.sallyport.appauth.AppTrust;
import dev.sallyport.connections.AuthRequired;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.SqlFailedException;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The gateway's own answers: problems as JSON, and the challenge that tells a client how to sign
/// in.
public final class Answers {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final HttpString REQUEST_ID = new HttpString("X-Request-Id");

  private final String publicBase;
  private final ConcurrentMap<String, LongAdder> refusals = new ConcurrentHashMap<>();
  private final Duration bodyTimeout;
  private final CallLog log = new CallLog();

  /// @param bodyTimeout how long the rest of a refused request may take to arrive
  public Answers(String publicBase, Duration bodyTimeout) {
    this.publicBase = publicBase;
    this.bodyTimeout = bodyTimeout;
  }

  /// How often which problem was answered since the node's start.
  public Map<String, Long> refusals() {
    Map<String, Long> counts = new HashMap<>();
    refusals.forEach((code, count) -> counts.put(code, count.sum()));
    return counts;
  }

  public void problem(GatewayExchange call, ProblemType type, String detail) {
    send(call, type, Problem.of(type, detail, call.requestId(), List.of()));
  }

  private void send(GatewayExchange call, ProblemType type, Object problem) {
    refusals.computeIfAbsent(type.code(), code -> new LongAdder()).increment();
    if (type != ProblemType.INTERNAL) {
      log.answered(call, type);
    }
    HttpServerExchange exchange = call.exchange();
    exchange.setStatusCode(call.isQuestion() ? asked(type.status()) : type.status());
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, Problem.MEDIA_TYPE);
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    exchange.getResponseHeaders().put(REQUEST_ID, call.requestId());
    call.cors();
    // The server reads what is left of a request before it takes the next one.
    RefusedBody.limit(exchange, bodyTimeout);
    exchange.getResponseSender().send(Json.write(problem));
  }

  /// Answers without a body. The server reads what is left of the request first.
  public void end(GatewayExchange call) {
    RefusedBody.limit(call.exchange(), bodyTimeout);
    call.exchange().endExchange();
  }

  /// Proxies that ask know three statuses; what is this server's own trouble is no refusal.
  private static int asked(int status) {
    return status == 401 || status >= 500 ? status : 403;
  }

  public void problem(GatewayExchange call, ProblemType type) {
    problem(call, type, type.cause());
  }

  /// Says where this server is to whoever sits beside it: only loopback is served by plain http.
  public void wrongHost(GatewayExchange call) {
    ProblemType type = ProblemType.HOST_NOT_ALLOWED;
    String here = publicBase.startsWith("http:") ? " This server is at " + publicBase + "." : "";
    problem(call, type, type.cause() + here);
  }

  /// 405 with what may be asked instead.
  public void methodRefused(GatewayExchange call, String allowed) {
    call.exchange().getResponseHeaders().put(Headers.ALLOW, allowed);
    problem(call, ProblemType.METHOD_NOT_ALLOWED);
  }

  /// A refusal that waiting cures.
  public void retryAfter(GatewayExchange call, ProblemType type, Duration wait) {
    long seconds = Math.max(1, wait.toSeconds());
    call.exchange().getResponseHeaders().put(Headers.RETRY_AFTER, seconds);
    problem(call, type);
  }

  /// Says why a call could not be let in or prepared.
  public void failed(GatewayExchange call, @Nullable Throwable failure) {
    switch (failure) {
      case SallyportException refusal when isPassing(refusal) ->
          retryAfter(call, refusal.type(), Objects.requireNonNullElse(refusal.retryAfter(), SOON));
      case SallyportException refusal -> problem(call, refusal.type(), refusal.detail());
      case RejectedExecutionException full -> retryAfter(call, ProblemType.OVERLOADED, SOON);
      case null, default -> {
        if (isDatabase(failure)) {
          problem(call, ProblemType.NOT_CURRENT);
        } else {
          log.broke(call, Objects.requireNonNullElseGet(failure, IllegalStateException::new));
          problem(call, ProblemType.INTERNAL);
        }
      }
    }
  }

  private static boolean isPassing(SallyportException refusal) {
    int status = refusal.type().status();
    return refusal.retryAfter() != null || status == 429 || status == 503;
  }

  private static boolean isDatabase(@Nullable Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SqlFailedException sql) {
        return sql.isOutOfReach();
      }
    }
    return false;
  }

  /// 401 or 403 with the challenge of RFC 6750 section 3 and RFC 9728 section 5.1.
  public void challenge(
      GatewayExchange call, AppTrust app, ProblemType type, String detail, List<String> scopes) {
    StringBuilder challenge = new StringBuilder("Bearer ");
    if (type != ProblemType.TOKEN_MISSING && type != ProblemType.APP_SIGN_IN_NEEDED) {
      boolean isScope = type == ProblemType.INSUFFICIENT_SCOPE;
      challenge.append(isScope ? "error=\"insufficient_scope\"" : "error=\"invalid_token\"");
      challenge.append(", error_description=\"").append(quoted(detail)).append("\", ");
    }
    challenge.append("resource_metadata=\"").append(metadataUrl(app)).append('"');
    List<String> wanted = scopes.isEmpty() ? app.scopes() : scopes;
    if (!wanted.isEmpty()) {
      challenge.append(", scope=\"").append(quoted(String.join(" ", wanted))).append('"');
    }
    call.exchange().getResponseHeaders().put(Headers.WWW_AUTHENTICATE, challenge.toString());
    problem(call, type, detail);
  }

  /// 401 with the link that helps. The scheme is our own: clients that know bearer tokens must not
  /// think that theirs is wrong.
  public void connect(GatewayExchange call, AuthRequired need) {
    ProblemType type = ProblemType.CONNECTION_REQUIRED;
    String scheme = "Sallyport-Connect auth_url=\"" + need.authUrl() + '"';
    call.exchange().getResponseHeaders().put(Headers.WWW_AUTHENTICATE, scheme);
    Problem problem = Problem.of(type, need.message(), call.requestId(), List.of());
    ObjectNode body = Json.MAPPER.valueToTree(problem);
    body.put("auth_url", need.authUrl());
    body.set("challenge", Json.MAPPER.valueToTree(need.challenge()));
    send(call, type, body);
  }

  String metadataUrl(AppTrust app) {
    String path = app.app().url().substring(publicBase.length());
    return publicBase + "/.well-known/oauth-protected-resource" + path;
  }

  // Our own sentences, but a quote or a line break in a header must never depend on that.
  private static String quoted(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", " ").replace("\\", " ").replace('"', '\'');
  }
}
