package dev.sallyport.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.connections.flow.HandedSessions;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.gateway.SessionHeader.Location;
import dev.sallyport.gateway.entry.Passage;
import dev.sallyport.gateway.mcp.McpMessage;
import dev.sallyport.gateway.mcp.SessionStart;
import dev.sallyport.gateway.relay.UpstreamPool;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.http.FetchRequest;
import dev.sallyport.http.FetchResult;
import dev.sallyport.http.OutboundException;
import dev.sallyport.http.OutboundHttp;
import java.time.Duration;
import java.util.List;
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

  /// Finds out where the session lives, or begins it if that can be done.
  void settle(String id, Location here, Route route, Passage passage) {
    Location place = places.getIfPresent(id);
    if (place == null) {
      // Not within the map: others would wait in it, for as long as an upstream hangs.
      place = place(id, here, route, passage);
      if (place != null) {
        places.put(id, place);
      }
    }
  }

  private @Nullable Location place(String id, Location here, Route route, Passage passage) {
    TokenHash hash = TokenHash.of(id);
    String owner = passage.token().session().handleOwner();
    Optional<String> sealed = handed.find(hash);
    if (sealed.isEmpty()) {
      sealed =
          begun(here, route, passage).map(at -> handed.keep(hash, sessionHeader.seal(owner, at)));
    }
    return sealed.flatMap(place -> sessionHeader.open(owner, place)).orElse(null);
  }

  private Optional<Location> begun(Location here, Route route, Passage passage) {
    int end = here.sessionId().indexOf(' ');
    SessionStart start = SessionStart.ofText(here.sessionId().substring(end + 1));
    try {
      List<UpstreamPool> candidates = route.candidates(passage.token());
      if (candidates.isEmpty()) {
        return Optional.empty();
      }
      UpstreamPool pool = candidates.getFirst();
      FetchResult answer = http.fetch(request(pool, passage, start.message()));
      if (answer.status() >= OK || !start.isAgreed(answer.text())) {
        return Optional.empty();
      }
      String session = answer.header(GatewayCall.SESSION_ID.toString()).orElse("");
      FetchRequest ready = request(pool, passage, SessionStart.READY);
      ready.header("MCP-Protocol-Version", start.version());
      if (!session.isEmpty()) {
        ready.header(GatewayCall.SESSION_ID.toString(), session);
      }
      return http.fetch(ready).status() < OK
          ? Optional.of(new Location(pool.target().id(), session, here.opensUrls()))
          : Optional.empty();
    } catch (OutboundException | IllegalArgumentException e) {
      LOG.debugf("a session could not be handed over: %s", e.getMessage());
      return Optional.empty();
    }
  }

  private static FetchRequest request(UpstreamPool pool, Passage passage, String json) {
    return FetchRequest.postJson(pool.target().url(), json)
        .toApp(pool.tls())
        .header(passage.header().name(), passage.header().value())
        .header("Accept", "application/json, text/event-stream")
        .within(PATIENCE);
  }
}
