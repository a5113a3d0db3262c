package dev.sallyport.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.connections.flow.HandedSessions;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.gateway.SessionHeader.Location;
import dev.sallyport.gateway.mcp.McpMessage;
import dev.sallyport.gateway.mcp.SessionStart;
import dev.sallyport.gateway.relay.UpstreamTarget;
import dev.sallyport.http.FetchRequest;
import dev.sallyport.http.FetchResult;
import dev.sallyport.http.OutboundException;
import dev.sallyport.http.OutboundHttp;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Begins sessions at upstreams in place of clients that had to begin theirs with the gateway: the
/// client goes on with the id that it has. May wait for an upstream: never on an I/O thread.
final class Handover {
  private static final Logger LOG = Logger.getLogger(Handover.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 300;

  private final SessionHeader sessionHeader;
  private final HandedSessions handed;
  private final OutboundHttp http;
  private final Cache<String, Location> places =
      Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(Duration.ofHours(12)).build();

  Handover(SessionHeader sessionHeader, HandedSessions handed, OutboundHttp http) {
    this.sessionHeader = sessionHeader;
    this.handed = handed;
    this.http = http;
  }

  /// What a client's session with the gateway remembers of its start.
  static Location here(McpMessage initialize, boolean opensUrls) {
    return Location.here(RandomTokens.id("") + " " + SessionStart.of(initialize).text(), opensUrls);
  }

  /// Where the session lives, as far as this node knows.
  Optional<Location> known(String id) {
    return Optional.ofNullable(places.getIfPresent(id));
  }

  /// Finds out where the session lives, or begins it; false when that can't be done.
  boolean done(String id, Location here, Route route, LiveToken live) {
    return places.get(id, same -> place(id, here, route, live)) != null;
  }

  private @Nullable Location place(String id, Location here, Route route, LiveToken live) {
    TokenHash hash = TokenHash.of(id);
    Optional<String> sealed = handed.find(hash);
    if (sealed.isEmpty()) {
      sealed =
          begun(here, route, live)
              .map(at -> handed.keep(hash, sessionHeader.seal(live.session().key(), at)));
    }
    return sealed.flatMap(place -> sessionHeader.open(live.session().key(), place)).orElse(null);
  }

  private Optional<Location> begun(Location here, Route route, LiveToken live) {
    int end = here.sessionId().indexOf(' ');
    SessionStart start = SessionStart.ofText(here.sessionId().substring(end + 1));
    try {
      if (route.candidates(live).isEmpty()) {
        return Optional.empty();
      }
      UpstreamTarget target = route.candidates(live).getFirst().target();
      FetchResult answer = http.fetch(request(target, live, start.message()));
      if (answer.status() >= OK || !start.isAgreed(answer.text())) {
        return Optional.empty();
      }
      String session = answer.header(GatewayCall.SESSION_ID.toString()).orElse("");
      FetchRequest ready = request(target, live, SessionStart.READY);
      ready.header("MCP-Protocol-Version", start.version());
      if (!session.isEmpty()) {
        ready.header(GatewayCall.SESSION_ID.toString(), session);
      }
      return http.fetch(ready).status() < OK
          ? Optional.of(new Location(target.id(), session, here.opensUrls()))
          : Optional.empty();
    } catch (OutboundException | IllegalArgumentException e) {
      LOG.debugf("a session could not be handed over: %s", e.getMessage());
      return Optional.empty();
    }
  }

  private static FetchRequest request(UpstreamTarget target, LiveToken live, String json) {
    LiveToken.UpstreamHeader header = live.upstreamHeader();
    return FetchRequest.postJson(target.url(), json)
        .header(header.name(), header.value())
        .header("Accept", "application/json, text/event-stream")
        .within(PATIENCE);
  }
}
