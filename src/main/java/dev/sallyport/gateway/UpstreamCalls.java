package dev.sallyport.gateway;

import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.gateway.entry.Passage;
import dev.sallyport.gateway.entry.Provisioner;
import dev.sallyport.gateway.exchange.GatewayExchange;
import dev.sallyport.gateway.relay.Relay;
import dev.sallyport.gateway.relay.UpstreamPool;
import dev.sallyport.gateway.relay.UpstreamTarget;
import dev.sallyport.gateway.routes.AppPath;
import dev.sallyport.gateway.routes.ForwardedHeaders;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.gateway.routes.Site;
import dev.sallyport.gateway.site.CookieHeader;
import dev.sallyport.problem.ProblemType;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Begins calls at upstreams, for callers who are in: with the headers that are due, and where the
/// client's MCP session lives if it has one.
final class UpstreamCalls {
  private final Gateway gateway;
  private final GatewayCall.Surroundings surroundings;
  private final ForwardedHeaders forwarded;

  UpstreamCalls(Gateway gateway, GatewayCall.Surroundings surroundings) {
    this.gateway = gateway;
    this.surroundings = surroundings;
    this.forwarded = new ForwardedHeaders(gateway.settings().publicUrl());
  }

  void begin(GatewayExchange call, Route route, AppPath path, Passage passage) {
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

  /// It registers with its session first and looks for an end afterwards, so that no revocation
  /// slips between.
  private void relay(GatewayExchange call, Route route, Passage passage, Sending sending) {
    LiveToken token = passage.token();
    if (gateway.isBusy(call, token)) {
      return;
    }
    GatewayCall running = new GatewayCall(surroundings, call, route, passage, sending);
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
    Optional<SessionHeader.Location> location = gateway.mcpSessions().upstream(token, sessionId);
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
