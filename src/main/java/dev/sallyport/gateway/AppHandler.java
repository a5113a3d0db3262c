package dev.sallyport.gateway;

import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.gateway.entry.Passage;
import dev.sallyport.gateway.exchange.BearerToken;
import dev.sallyport.gateway.exchange.GatewayExchange;
import dev.sallyport.gateway.routes.AppPath;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.ratelimit.LimitKind;
import io.undertow.util.Headers;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;

/// A call to an app, on the I/O thread. Host and Origin were right before; then the app, the token,
/// the session, and away.
final class AppHandler {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final int MAX_TOKEN = 16 * 1024;
  // A digest is cheap to use and dear to make; an I/O thread never hashes two tokens at once.
  private static final ThreadLocal<MessageDigest> SHA256 =
      ThreadLocal.withInitial(TokenHash::sha256);

  private final Gateway gateway;
  private final ColdEntry coldEntry;
  private final ConnectedCalls connectedCalls;
  private final ForwardAuth forwardAuth;

  AppHandler(Gateway gateway) {
    this.gateway = gateway;
    this.coldEntry = new ColdEntry(gateway, this);
    this.connectedCalls = new ConnectedCalls(gateway);
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

  /// The one answer about an app that is not there or must look so. Calls with and without a token
  /// count as they would at an app, so that no limit tells them apart.
  void absent(GatewayExchange call) {
    var headers = call.exchange().getRequestHeaders().get(Headers.AUTHORIZATION);
    if (!(BearerToken.of(headers) instanceof BearerToken.Present)) {
      absentLimited(call, LimitKind.TOKENLESS);
    } else if (!gateway.lease().isHeld()) {
      gateway.answers().problem(call, ProblemType.NOT_CURRENT);
    } else if (gateway.pools().entering().isFull(call.group())) {
      gateway.answers().retryAfter(call, ProblemType.OVERLOADED, SOON);
    } else {
      absentLimited(call, LimitKind.ABSENT_APP);
    }
  }

  void absentLimited(GatewayExchange call, LimitKind kind) {
    if (!gateway.exceeds(call, kind)) {
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
      if (live != null && !live.token().isSignIn() && enters(call, route, path, live)) {
        return;
      }
    }
    coldEntry.enter(call, route, path, token);
  }

  /// Lets a cookie of an app's own host in, if this node knows it.
  boolean entersWarm(GatewayExchange call, Route route, AppPath path, String cookie) {
    TokenHash hash = TokenHash.of(cookie, SHA256.get());
    LiveToken live = gateway.sessions().find(route.trust().facts().id(), hash);
    return live != null && live.token().isSignIn() && enters(call, route, path, live);
  }

  /// False when somebody must be asked whether the token may enter. What it takes along is replaced
  /// beside the call when it grows old; signing and fetching take too long for an I/O thread.
  private boolean enters(GatewayExchange call, Route route, AppPath path, LiveToken live) {
    long now = gateway.clock().millis();
    Passage passage = Passage.of(live);
    if (!live.isUsable(route.trust(), now)) {
      return false;
    }
    if (!passage.isGood(now)) {
      coldEntry.provide(call, route, path, live);
      return true;
    }
    if (now >= passage.header().freshUntil()) {
      coldEntry.provideLater(call, route, live);
    }
    goOn(call, route, path, passage);
    return true;
  }

  ColdEntry coldEntry() {
    return coldEntry;
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
      connectedCalls.upstream().begin(call, route, path, passage);
    }
  }
}
