package dev.sallyport.gateway;

import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.connections.remote.Challenge;
import dev.sallyport.crypto.Secret;
import dev.sallyport.gateway.entry.ColdWork;
import dev.sallyport.gateway.entry.Passage;
import dev.sallyport.gateway.entry.Provided;
import dev.sallyport.gateway.exchange.CallKeeper;
import dev.sallyport.gateway.exchange.GatewayExchange;
import dev.sallyport.gateway.exchange.KeptRequest;
import dev.sallyport.gateway.mcp.McpClient;
import dev.sallyport.gateway.mcp.McpMessage;
import dev.sallyport.gateway.routes.AppPath;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Calls to apps whose server may refuse the token that the gateway found for it: kept for a second
/// try, tried again with a better token, and answered by the gateway while there is none.
final class ConnectedCalls {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Gateway gateway;
  private final UpstreamCalls upstream;
  private final ConnectionDesk desk;
  private final CallKeeper keeper;
  private final ColdWork<Refusal, Provided> improving;
  private final ColdWork<Begun, Provided> handingOver;

  /// A client's session that began with the gateway.
  private record Begun(LiveToken token, String id) {}

  /// What an upstream would not take, and what it said to that.
  private record Refusal(Passage sent, Challenge challenge, boolean isRepeatable) {}

  ConnectedCalls(Gateway gateway) {
    this.gateway = gateway;
    this.upstream = new UpstreamCalls(gateway, gateway.surroundings(this));
    this.desk = new ConnectionDesk(gateway);
    this.improving = gateway.fetchingWork();
    this.handingOver = gateway.fetchingWork();
    this.keeper = new CallKeeper(gateway.answers(), gateway.settings().gateway().patience().body());
  }

  /// How they begin at the app's server.
  UpstreamCalls upstream() {
    return upstream;
  }

  /// Passes on what is in. A client that began its session with the gateway first gets one at the
  /// app's server.
  void enter(GatewayExchange call, Route route, AppPath path, Passage passage) {
    String id = call.exchange().getRequestHeaders().getFirst(GatewayCall.SESSION_ID);
    Optional<SessionHeader.Location> begun =
        id == null || !route.isMcp()
            ? Optional.empty()
            : gateway.mcpSessions().begunHere(passage.token(), id);
    Runnable next =
        begun.isEmpty()
            ? () -> upstream.begin(call, route, path, passage)
            : () ->
                handingOver.share(
                    call,
                    new Begun(passage.token(), String.valueOf(id)),
                    () -> handedOver(call, route, passage, begun.get()),
                    provided ->
                        goOn(call, route, provided, now -> upstream.begin(call, route, path, now)));
    keeper.keep(call, path, next);
  }

  /// Handing over takes its time: what was withdrawn meanwhile is not sent any more.
  private Provided handedOver(
      GatewayExchange call, Route route, Passage passage, SessionHeader.Location begun) {
    String id = call.exchange().getRequestHeaders().getFirst(GatewayCall.SESSION_ID);
    gateway.mcpSessions().handover().settle(String.valueOf(id), begun, route, passage);
    Passage now = Passage.of(passage.token());
    return now.isGood(gateway.clock().millis())
        ? new Provided.Ready(now)
        : gateway.provisioner().provide(passage.token(), call.token());
  }

  /// The person must connect an account first.
  void needed(GatewayExchange call, Route route, AppPath path, Provided.Needed needed) {
    keeper.keep(call, path, () -> desk.answer(call, route, needed.token(), needed.need()));
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

  /// The upstream would not take what it got.
  void declined(GatewayCall running, Challenge challenge) {
    GatewayExchange call = running.exchange();
    Route route = running.route();
    if (!route.connects() && !route.fetches()) {
      desk.wantsSignIn(call, route, running.token());
    } else if (call.repeat()) {
      improve(running, challenge, passage -> again(call, route, passage));
    } else if (route.fetches()) {
      desk.tookNone(call, route, running.token());
    } else {
      // A new token would not do either: the app's server may have moved to another issuer.
      improve(running, challenge, _ -> tryLater(call));
    }
  }

  private void improve(GatewayCall running, Challenge challenge, Consumer<Passage> ready) {
    GatewayExchange call = running.exchange();
    improving.share(
        call,
        new Refusal(running.passage(), challenge, isRepeatable(call)),
        () -> better(running, challenge),
        provided -> goOn(call, running.route(), provided, ready));
  }

  private void tryLater(GatewayExchange call) {
    gateway.answers().retryAfter(call, ProblemType.UPSTREAM_TOKEN_UNAVAILABLE, SOON);
  }

  /// What there is by now, or something new.
  private Provided better(GatewayCall running, Challenge challenge) {
    LiveToken live = running.token();
    Passage now = Passage.of(live);
    String sent = running.passage().header().value();
    if (!now.header().value().equals(sent) && now.isGood(gateway.clock().millis())) {
      return new Provided.Ready(now);
    }
    if (running.route().connects()) {
      return gateway.provisioner().provideAgain(live, new Secret(sent), challenge);
    }
    Secret raw = running.exchange().token();
    gateway.provisioner().refused(live, raw, new Secret(sent));
    return isRepeatable(running.exchange())
        ? gateway.provisioner().provide(live, raw)
        : new Provided.Ready(running.passage());
  }

  private static boolean isRepeatable(GatewayExchange call) {
    KeptRequest kept = call.kept();
    return kept != null && kept.isRepeatable();
  }

  private void goOn(GatewayExchange call, Route route, Provided provided, Consumer<Passage> ready) {
    switch (provided) {
      case Provided.Needed(var token, var need) -> desk.answer(call, route, token, need);
      case Provided.Ready(Passage passage) -> ready.accept(passage);
    }
  }

  private void again(GatewayExchange call, Route route, Passage passage) {
    KeptRequest kept = call.kept();
    if (kept == null || !kept.isRepeatable()) {
      tryLater(call);
      return;
    }
    kept.restore(call.exchange());
    upstream.begin(call, route, kept.path(), passage);
  }
}
