package dev.sallyport.gateway;

import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.connections.AuthRequired;
import dev.sallyport.connections.CredentialKind;
import dev.sallyport.connections.remote.Challenge;
import dev.sallyport.crypto.Secret;
import dev.sallyport.gateway.mcp.McpClient;
import dev.sallyport.gateway.mcp.McpMessage;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/// Calls to apps whose server may refuse the token that the gateway found for it: kept for a second
/// try, tried again with a better token, and answered by the gateway while there is none.
final class ConnectedCalls {
  private static final Logger LOG = Logger.getLogger(ConnectedCalls.class);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Challenge UNSAID = new Challenge(null, List.of(), null);

  private final Gateway gateway;
  private final AppHandler handler;
  private final ConnectionDesk desk;

  ConnectedCalls(Gateway gateway, AppHandler handler) {
    this.gateway = gateway;
    this.handler = handler;
    this.desk = new ConnectionDesk(gateway);
  }

  /// Passes on what is in. A client that began its session with the gateway first gets one at the
  /// app's server.
  void enter(GatewayExchange call, Route route, AppPath path, LiveToken token) {
    Runnable admit = () -> handler.admit(call, route, path, token);
    String id = call.exchange().getRequestHeaders().getFirst(GatewayCall.SESSION_ID);
    SessionHeader.Location here =
        id == null || !route.isMcp() || gateway.handover().known(id).isPresent()
            ? null
            : gateway
                .sessionHeader()
                .open(token.session().key(), id)
                .filter(SessionHeader.Location::isHere)
                .orElse(null);
    if (here == null) {
      keep(call, path, admit);
      return;
    }
    Runnable handOver =
        () -> {
          provideIfWithdrawn(call, token);
          gateway.handover().done(String.valueOf(id), here, route, token);
        };
    keep(call, path, () -> beside(call, handOver, admit));
  }

  /// What a call takes along may be withdrawn as it sets out: whoever just connected an account
  /// caused a change that arrives in these moments.
  private void provideIfWithdrawn(GatewayExchange call, LiveToken token) {
    if (token.upstreamHeader().validUntil() == 0) {
      raw(call).ifPresent(raw -> gateway.provisioner().provide(token, raw));
    }
  }

  private static Optional<Secret> raw(GatewayExchange call) {
    var headers = call.exchange().getRequestHeaders().get(Headers.AUTHORIZATION);
    return BearerToken.of(headers) instanceof BearerToken.Present(String token)
        ? Optional.of(new Secret(token))
        : Optional.empty();
  }

  /// Does what may wait on the pool, then goes on where the call lives.
  private void beside(GatewayExchange call, Runnable work, Runnable next) {
    HttpServerExchange exchange = call.exchange();
    Runnable all =
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.errorf(e, "call %s failed", call.requestId());
          }
          exchange.dispatch(exchange.getIoThread(), next);
        };
    exchange.dispatch(
        SameThreadExecutor.INSTANCE,
        () -> {
          try {
            gateway.verification().execute(AppHandler.group(call), all);
          } catch (RejectedExecutionException | SallyportException e) {
            gateway.answers().retryAfter(call, ProblemType.OVERLOADED, SOON);
          }
        });
  }

  /// Reads the request as far as it can be kept, then goes on.
  void keep(GatewayExchange call, AppPath path, Runnable next) {
    HttpServerExchange exchange = call.exchange();
    if (exchange.isRequestComplete() || BodyReader.isTooLarge(exchange)) {
      call.keep(new KeptRequest(path, exchange.isRequestComplete() ? new byte[0] : null));
      next.run();
      return;
    }
    Duration longest = gateway.settings().gateway().patience().body();
    BodyReader.read(exchange, longest, result -> read(call, path, result, next));
  }

  private void read(GatewayExchange call, AppPath path, BodyReader.Result result, Runnable next) {
    HttpServerExchange exchange = call.exchange();
    if (result instanceof BodyReader.Result.Whole(byte[] body)) {
      KeptRequest kept = new KeptRequest(path, body);
      call.keep(kept);
      kept.restore(exchange);
      next.run();
      return;
    }
    exchange.setPersistent(false);
    switch (result) {
      case BodyReader.Result.TooLarge() ->
          gateway.answers().problem(call, ProblemType.BODY_TOO_LARGE);
      case BodyReader.Result.TooSlow() ->
          gateway.answers().problem(call, ProblemType.BODY_TOO_SLOW);
      case BodyReader.Result.NoRoom() ->
          gateway.answers().retryAfter(call, ProblemType.OVERLOADED, SOON);
      default -> IoUtils.safeClose(exchange.getConnection());
    }
  }

  /// The person must connect an account first.
  void needed(GatewayExchange call, Route route, AppPath path, Admission.Waiting waiting) {
    keep(call, path, () -> desk.answer(call, route, waiting.token(), waiting.need()));
  }

  /// Whether the request starts a session of a client that asks its person to open links.
  boolean opensUrls(GatewayExchange call) {
    KeptRequest kept = call.kept();
    return kept != null
        && kept.body() != null
        && McpMessage.read(kept.body()).stream()
            .filter(message -> message.is("initialize"))
            .anyMatch(message -> McpClient.started(message).opensUrls());
  }

  /// What the upstream's answer says of the token that it got; null when it is the client's matter.
  /// What it wants in place of the client's own token must not look as if it were about that one.
  @Nullable Challenge wanted(HttpServerExchange answered, Route route) {
    List<String> values =
        answered.getResponseHeaders().contains(Headers.WWW_AUTHENTICATE)
            ? List.copyOf(answered.getResponseHeaders().get(Headers.WWW_AUTHENTICATE))
            : List.of();
    Challenge challenge = Challenge.parse(values).orElse(null);
    if (answered.getStatusCode() == 403) {
      boolean isForMore = challenge != null && "insufficient_scope".equals(challenge.error());
      return route.connects() && isForMore ? challenge : null;
    }
    if (route.connects() || route.fetches()) {
      return challenge == null ? UNSAID : challenge;
    }
    return route.credential() == CredentialKind.FORWARD ? null : challenge;
  }

  /// The upstream would not take what it got.
  void declined(GatewayCall running, Challenge challenge) {
    GatewayExchange call = running.exchange();
    Route route = running.route();
    if (!route.connects() && !route.fetches()) {
      desk.wantsSignIn(call, route, running.token());
      return;
    }
    String sent = running.sent(Headers.AUTHORIZATION);
    if (!call.repeat()) {
      if (route.fetches()) {
        desk.tookNone(call, route, running.token());
      } else {
        gateway.answers().retryAfter(call, ProblemType.UPSTREAM_TOKEN_UNAVAILABLE, SOON);
      }
      return;
    }
    AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.NONE);
    beside(
        call,
        () -> outcome.set(tryAgain(running, sent, challenge)),
        () -> goOn(running, Objects.requireNonNull(outcome.get())));
  }

  private Outcome tryAgain(GatewayCall running, @Nullable String sent, Challenge challenge) {
    try {
      return sent == null || running.route().fetches()
          ? fetchAgain(running, sent)
          : connectAgain(running.token(), new Secret(sent), challenge);
    } catch (RuntimeException e) {
      return new Outcome(Optional.empty(), e);
    }
  }

  private record Outcome(Optional<AuthRequired> need, @Nullable RuntimeException failure) {
    static final Outcome NONE = new Outcome(Optional.empty(), null);
  }

  private Outcome connectAgain(LiveToken live, Secret sent, Challenge challenge) {
    return new Outcome(gateway.provisioner().provideAgain(live, sent, challenge), null);
  }

  /// @param sent null when what the call should have taken along was withdrawn as it set out
  private Outcome fetchAgain(GatewayCall running, @Nullable String sent) {
    Optional<Secret> raw = raw(running.exchange());
    if (raw.isPresent() && sent != null) {
      gateway.provisioner().refused(running.token(), raw.get(), sent);
    }
    return raw.isPresent() && isRepeatable(running.exchange())
        ? new Outcome(gateway.provisioner().provide(running.token(), raw.get()), null)
        : new Outcome(Optional.empty(), null);
  }

  private static boolean isRepeatable(GatewayExchange call) {
    KeptRequest kept = call.kept();
    return kept != null && kept.isRepeatable();
  }

  private void goOn(GatewayCall running, Outcome outcome) {
    GatewayExchange call = running.exchange();
    if (outcome.failure() != null) {
      failed(call, outcome.failure());
    } else if (outcome.need().isPresent()) {
      desk.answer(call, running.route(), running.token(), outcome.need().get());
    } else if (isRepeatable(call)) {
      KeptRequest kept = Objects.requireNonNull(call.kept());
      kept.restore(call.exchange());
      handler.admit(call, running.route(), kept.path(), running.token());
    } else {
      gateway.answers().retryAfter(call, ProblemType.UPSTREAM_TOKEN_UNAVAILABLE, SOON);
    }
  }

  private void failed(GatewayExchange call, RuntimeException failure) {
    if (failure instanceof SallyportException refusal) {
      Duration wait = refusal.retryAfter();
      if (wait != null) {
        gateway.answers().retryAfter(call, refusal.type(), wait);
      } else {
        gateway.answers().problem(call, refusal.type(), refusal.detail());
      }
      return;
    }
    LOG.errorf(failure, "call %s failed", call.requestId());
    gateway.answers().problem(call, ProblemType.INTERNAL);
  }
}
