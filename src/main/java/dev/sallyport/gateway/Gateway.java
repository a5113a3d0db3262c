package dev.sallyport.gateway;

import dev.sallyport.appauth.Refusals;
import dev.sallyport.appsessions.AppEntry;
import dev.sallyport.appsessions.SessionCache;
import dev.sallyport.cluster.Lease;
import dev.sallyport.config.Settings;
import dev.sallyport.gateway.relay.Relay;
import dev.sallyport.gateway.waiting.WaitingStreams;
import dev.sallyport.http.ClientAddress;
import dev.sallyport.http.RequestHost;
import dev.sallyport.launch.AppSignIns;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.Permit;
import dev.sallyport.ratelimit.RequestLimits;
import java.time.Clock;
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
    SessionHeader sessionHeader,
    RequestLimits limits,
    ClientAddress clientAddress,
    RequestHost host,
    Refusals refusals,
    Handover handover,
    WaitingStreams waiting,
    Answers answers,
    ColdPool verification,
    AtomicInteger running) {

  /// Counts a call against what its client may do; answers it when that is used up.
  boolean exceeds(GatewayExchange call, LimitKind kind) {
    if (limits.take(kind, ClientAddress.group(call.client())) instanceof Permit.Denied denied) {
      answers.retryAfter(call, ProblemType.TOO_MANY_REQUESTS, denied.retryAfter());
      return true;
    }
    return false;
  }

  GatewayCall.Surroundings surroundings(ConnectedCalls connected) {
    return new GatewayCall.Surroundings(answers, sessionHeader, running, connected);
  }
}
