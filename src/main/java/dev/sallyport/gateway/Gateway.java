package dev.sallyport.gateway;

import dev.sallyport.appsessions.AppEntry;
import dev.sallyport.appsessions.SessionCache;
import dev.sallyport.cluster.Lease;
import dev.sallyport.config.Settings;
import dev.sallyport.gateway.relay.Relay;
import dev.sallyport.http.ClientAddress;
import dev.sallyport.http.RequestHost;
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
    AssertionSigner assertions,
    SessionHeader sessionHeader,
    RequestLimits limits,
    ClientAddress clientAddress,
    RequestHost host,
    Answers answers,
    ColdPool verification,
    AtomicInteger running) {

  GatewayCall.Surroundings surroundings() {
    return new GatewayCall.Surroundings(answers, sessionHeader, running);
  }
}
