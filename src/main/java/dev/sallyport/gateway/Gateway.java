package dev.sallyport.gateway;

import dev.sallyport.appauth.Refusals;
import dev.sallyport.appsessions.AppEntry;
import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.appsessions.SessionCache;
import dev.sallyport.cluster.Lease;
import dev.sallyport.config.Settings;
import dev.sallyport.gateway.entry.ColdPools;
import dev.sallyport.gateway.entry.ColdWork;
import dev.sallyport.gateway.entry.Provisioner;
import dev.sallyport.gateway.exchange.Answers;
import dev.sallyport.gateway.exchange.GatewayExchange;
import dev.sallyport.gateway.relay.Relay;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.gateway.routes.Routes;
import dev.sallyport.gateway.waiting.WaitingStreams;
import dev.sallyport.http.ClientAddress;
import dev.sallyport.http.RequestHost;
import dev.sallyport.launch.AppSignIns;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.Permit;
import dev.sallyport.ratelimit.RequestLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Everything that a call needs, put together once at start and immutable from then on. Handlers on
/// I/O threads reach it through [Door]; there is no injection there.
record Gateway(
    Settings settings,
    Clock clock,
    Lease lease,
    Routes routes,
    Relay relay,
    SessionCache sessions,
    AppEntry entry,
    AppSignIns signIns,
    Provisioner provisioner,
    McpSessions mcpSessions,
    RequestLimits limits,
    ClientAddress clientAddress,
    RequestHost host,
    Refusals refusals,
    WaitingStreams waiting,
    Answers answers,
    ColdPools pools,
    AtomicInteger running) {
  private static final Duration SOON = Duration.ofSeconds(1);

  /// Counts a call against what its client may do; answers it when that is used up.
  boolean exceeds(GatewayExchange call, LimitKind kind) {
    if (limits.take(kind, call.group()) instanceof Permit.Denied denied) {
      answers.retryAfter(call, ProblemType.TOO_MANY_REQUESTS, denied.retryAfter());
      return true;
    }
    return false;
  }

  /// Whether a call must not join the running ones, because a session must not take all the places
  /// at an upstream: it is answered then.
  boolean isBusy(GatewayExchange call, LiveToken token) {
    boolean isFull = token.session().runningCalls() >= settings.gateway().places().session();
    if (isFull) {
      answers.retryAfter(call, ProblemType.SESSION_BUSY, SOON);
    }
    return isFull;
  }

  /// Whether an admitted call may not go on after all: it is answered then.
  boolean isOver(GatewayExchange call, Route route, LiveToken token) {
    Route today = routes.find(route.trust().facts().name());
    if (!lease.isHeld() || today == null || !today.trust().decidesAs(token.trust())) {
      // The lease ended or trust changed while the call waited: whoever cut or rechecked what runs
      // has not seen this one.
      answers.retryAfter(call, ProblemType.NOT_CURRENT, SOON);
    } else if (token.session().isEnded()) {
      String detail = ProblemType.SESSION_ENDED.cause() + " " + ProblemType.SESSION_ENDED.fix();
      answers.challenge(call, route.trust(), ProblemType.SESSION_ENDED, detail, List.of());
    } else {
      return false;
    }
    return true;
  }

  /// Letting in beside calls, of which those with equal keys share one.
  <K, T> ColdWork<K, T> enteringWork() {
    return new ColdWork<>(pools.entering(), answers);
  }

  /// The same for what waits for servers that are not ours.
  <K, T> ColdWork<K, T> fetchingWork() {
    return new ColdWork<>(pools.fetching(), answers);
  }

  GatewayCall.Surroundings surroundings(ConnectedCalls connected) {
    return new GatewayCall.Surroundings(clock, answers, mcpSessions, running, connected);
  }
}
