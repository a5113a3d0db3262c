package dev.sallyport.gateway;

import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.gateway.relay.Relay;
import dev.sallyport.gateway.relay.UpstreamPool;
import dev.sallyport.gateway.relay.UpstreamTarget;
import dev.sallyport.gateway.site.CookieHeader;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.ratelimit.LimitKind;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call to an app, on the I/O thread. Host and Origin were right before; then the app, the token,
/// the session, and away.
final class AppHandler {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final int MAX_TOKEN = 16 * 1024;
  // A digest is cheap to use and dear to make; an I/O thread never hashes two tokens at once.
  private static final ThreadLocal<MessageDigest> SHA256 =
      ThreadLocal.withInitial(TokenHash::sha256);

  private final Gateway gateway;
  private final ForwardedHeaders forwarded;
  private final ColdEntry coldEntry;
  private final ConnectedCalls connectedCalls;
  private final ForwardAuth forwardAuth;

  AppHandler(Gateway gateway) {
    this.gateway = gateway;
    this.forwarded = new ForwardedHeaders(gateway.settings().publicUrl());
    this.coldEntry = new ColdEntry(gateway, this);
    this.connectedCalls = new ConnectedCalls(gateway, this);
    this.forwardAuth = new ForwardAuth(gateway);
  }

  void handle(GatewayExchange call, Route route, AppPath path) {
    switch (BearerToken.of(call.exchange().getRequestHeaders().get(Headers.AUTHORIZATION))) {
      case BearerToken.Present(String token) -> withToken(call, route, path, token);
      case BearerToken.Absent() -> withoutToken(call, route);
      case BearerToken.Ambiguous() -> {
        call.exchange().setPersistent(false);
        gateway
            .answers()
            .problem(call, ProblemType.BAD_REQUEST, "There is more than one Authorization header.");
      }
    }
  }

  /// The one answer about an app that is not there or must look so. A token with it counts as it
  /// would at a hidden app, so that no limit tells them apart.
  void absent(GatewayExchange call) {
    var headers = call.exchange().getRequestHeaders().get(Headers.AUTHORIZATION);
    if (!(BearerToken.of(headers) instanceof BearerToken.Present)) {
      gateway.answers().problem(call, ProblemType.APP_NOT_FOUND);
    } else if (!gateway.lease().isHeld()) {
      gateway.answers().problem(call, ProblemType.NOT_CURRENT);
    } else if (gateway.verification().isFull(call.group())) {
      gateway.answers().retryAfter(call, ProblemType.OVERLOADED, SOON);
    } else if (!gateway.exceeds(call, LimitKind.REFUSED_TOKEN)) {
      gateway.answers().problem(call, ProblemType.APP_NOT_FOUND);
    }
  }

  private void withoutToken(GatewayExchange call, Route route) {
    if (gateway.exceeds(call, LimitKind.TOKENLESS)) {
      return;
    }
    String detail = ProblemType.TOKEN_MISSING.cause() + " " + ProblemType.TOKEN_MISSING.fix();
    gateway.answers().challenge(call, route.trust(), ProblemType.TOKEN_MISSING, detail, List.of());
  }

  void withToken(GatewayExchange call, Route route, AppPath path, String token) {
    if (!gateway.lease().isHeld()) {
      gateway.answers().problem(call, ProblemType.NOT_CURRENT);
      return;
    }
    if (token.length() <= MAX_TOKEN) {
      TokenHash hash = TokenHash.of(token, SHA256.get());
      LiveToken live = gateway.sessions().find(route.trust().facts().id(), hash);
      // A cookie is no token: it counts only where a browser brings it.
      Passage passage = live == null || live.token().isSignIn() ? null : warm(live, route, token);
      if (passage != null) {
        goOn(call, route, path, passage);
        return;
      }
    }
    coldEntry.enter(call, route, path, token);
  }

  /// Lets a cookie of an app's own host in, if this node knows it.
  boolean entersWarm(GatewayExchange call, Route route, AppPath path, String cookie) {
    TokenHash hash = TokenHash.of(cookie, SHA256.get());
    LiveToken live = gateway.sessions().find(route.trust().facts().id(), hash);
    Passage passage = live == null || !live.token().isSignIn() ? null : warm(live, route, "");
    if (passage != null) {
      goOn(call, route, path, passage);
    }
    return passage != null;
  }

  /// What the call may go on with without asking anybody; null when somebody must be asked. It is
  /// replaced beside the call when it grows old; signing and fetching take too long for an I/O
  /// thread.
  private @Nullable Passage warm(LiveToken live, Route route, String token) {
    long now = gateway.clock().millis();
    Passage passage = Passage.of(live);
    if (!live.isUsable(route.trust(), now) || !passage.isGood(now)) {
      return null;
    }
    if (now >= passage.header().freshUntil()) {
      coldEntry.provideLater(live, token);
    }
    return passage;
  }

  ConnectedCalls connectedCalls() {
    return connectedCalls;
  }

  /// Passes on what is in; where the app's server may want another token than it got, the request
  /// is kept for a second try. One of unknown length may be a stream: only the desk must read it
  /// whole.
  void goOn(GatewayExchange call, Route route, AppPath path, Passage passage) {
    call.enteredBy(passage.token());
    if (call.isQuestion()) {
      forwardAuth.allow(call, route, passage);
      return;
    }
    boolean isMeasured = call.exchange().getRequestContentLength() >= 0;
    if (route.connects()
        || (route.fetches() && (isMeasured || call.exchange().isRequestComplete()))) {
      connectedCalls.enter(call, route, path, passage);
    } else {
      admit(call, route, path, passage);
    }
  }

  /// Lets a call in: it registers with its session first and looks for an end afterwards, so that
  /// no revocation slips between.
  void admit(GatewayExchange call, Route route, AppPath path, Passage passage) {
    LiveToken token = passage.token();
    LiveToken.UpstreamHeader upstreamHeader = passage.header();
    HttpServerExchange exchange = call.exchange();
    List<UpstreamPool> candidates;
    UpstreamTarget home = null;
    List<Map.Entry<HttpString, String>> headers = new ArrayList<>(8);
    if (!upstreamHeader.name().isEmpty()) {
      headers.add(Map.entry(Provisioner.name(upstreamHeader), upstreamHeader.value()));
    }
    addForwarded(headers, call);
    String sessionId = exchange.getRequestHeaders().getFirst(GatewayCall.SESSION_ID);
    if (sessionId != null && route.isMcp()) {
      candidates = sticky(route, token, sessionId, headers);
      if (candidates.isEmpty()) {
        gateway.answers().problem(call, ProblemType.MCP_SESSION_NOT_FOUND);
        return;
      }
      home = candidates.getFirst().target();
    } else {
      candidates = route.candidates(token);
    }
    relay(call, route, passage, new Sending(candidates, headers, rest(path, exchange), home));
  }

  private void addForwarded(List<Map.Entry<HttpString, String>> headers, GatewayExchange call) {
    Site site = call.site();
    if (site == null) {
      forwarded.addTo(headers, call.client());
      return;
    }
    site.forwarded().addTo(headers, call.client());
    String cookies = CookieHeader.forApp(call.exchange().getRequestHeaders().get(Headers.COOKIE));
    if (cookies != null) {
      headers.add(Map.entry(Headers.COOKIE, cookies));
    }
    if (call.upgrades()) {
      headers.add(Map.entry(Headers.CONNECTION, "Upgrade"));
      headers.add(Map.entry(Headers.UPGRADE, "websocket"));
    }
  }

  private void relay(GatewayExchange call, Route route, Passage passage, Sending sending) {
    LiveToken token = passage.token();
    if (gateway.isBusy(call, token)) {
      return;
    }
    GatewayCall running =
        new GatewayCall(gateway.surroundings(connectedCalls), call, route, passage, sending);
    token.session().begin(running);
    if (gateway.isOver(call, route, token)) {
      running.completed();
      return;
    }
    gateway.sessions().touch(token.session(), gateway.clock().millis());
    Relay.Handle handle = gateway.relay().forward(call.exchange(), sending.candidates(), running);
    running.relayedBy(handle);
  }

  /// The one upstream that holds the client's MCP session; none when the id is not the caller's.
  private List<UpstreamPool> sticky(
      Route route, LiveToken token, String sessionId, List<Map.Entry<HttpString, String>> headers) {
    Optional<SessionHeader.Location> location =
        gateway
            .sessionHeader()
            .open(token.session().handleOwner(), sessionId)
            .flatMap(l -> l.isHere() ? gateway.handover().known(sessionId) : Optional.of(l));
    UpstreamPool pool = location.map(l -> route.upstream(l.upstreamId())).orElse(null);
    if (pool == null || (pool.circuit().isDown() && route.hasAnother(pool.target()))) {
      // What is down has lost its sessions; with nowhere else to go the client may as well wait.
      return List.of();
    }
    if (!location.get().sessionId().isEmpty()) {
      headers.add(Map.entry(GatewayCall.SESSION_ID, location.get().sessionId()));
    }
    return List.of(pool);
  }

  /// What follows the upstream's own path for an HTTP app; for MCP there is nothing to follow.
  private static @Nullable String rest(AppPath path, HttpServerExchange exchange) {
    String rest = path.rest();
    if (rest == null) {
      return null;
    }
    String query = exchange.getQueryString();
    String target = rest.isEmpty() ? "/" : rest;
    return query.isEmpty() ? target : target + "?" + query;
  }
}
