package dev.sallyport.gateway;

import dev.sallyport.appsessions.LiveSession;
import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.connections.remote.Challenge;
import dev.sallyport.gateway.entry.Passage;
import dev.sallyport.gateway.exchange.Answers;
import dev.sallyport.gateway.exchange.GatewayExchange;
import dev.sallyport.gateway.exchange.UpstreamChallenge;
import dev.sallyport.gateway.exchange.UpstreamFailure;
import dev.sallyport.gateway.relay.Relay;
import dev.sallyport.gateway.relay.RelayCall;
import dev.sallyport.gateway.relay.RelayFailure;
import dev.sallyport.gateway.relay.UpstreamTarget;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.gateway.routes.Site;
import dev.sallyport.gateway.site.CookieHeader;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An admitted call while it runs: it ends with its session, gives the relay the headers to send,
/// and answers when the relay can't.
final class GatewayCall implements RelayCall, LiveSession.RunningCall {
  static final HttpString SESSION_ID = new HttpString("Mcp-Session-Id");
  private static final HttpString MCP_METHOD = new HttpString("Mcp-Method");
  private static final String LISTEN = "subscriptions/listen";
  private static final HttpString SANDBOX = new HttpString("Content-Security-Policy");
  private static final HttpString NOSNIFF = new HttpString("X-Content-Type-Options");

  /// What a call needs of the door.
  record Surroundings(
      Clock clock,
      Answers answers,
      McpSessions mcpSessions,
      AtomicInteger running,
      ConnectedCalls connected) {}

  private final Surroundings door;
  private final GatewayExchange call;
  private final Route route;
  private final Passage passage;
  private final Sending sending;
  private volatile Relay.@Nullable Handle handle;
  private volatile boolean cut;
  private volatile boolean standing;
  private @Nullable Challenge wanted;

  GatewayCall(
      Surroundings door, GatewayExchange call, Route route, Passage passage, Sending sending) {
    this.door = door;
    this.call = call;
    this.route = route;
    this.passage = passage;
    this.sending = sending;
    door.running().incrementAndGet();
  }

  /// Ties the running relay to this call. A cut that came before it is made up for.
  void relayedBy(Relay.Handle running) {
    handle = running;
    if (cut) {
      running.cut();
    }
  }

  @Override
  public void cut() {
    cut = true;
    Relay.Handle running = handle;
    if (running != null) {
      running.cut();
    }
  }

  @Override
  public List<Map.Entry<HttpString, String>> requestHeaders() {
    return sending.headers();
  }

  @Override
  public @Nullable String requestTarget(UpstreamTarget upstream) {
    String rest = sending.rest();
    if (rest == null) {
      return null;
    }
    String base = upstream.url().getRawPath();
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + rest;
  }

  LiveToken token() {
    return passage.token();
  }

  Passage passage() {
    return passage;
  }

  @Override
  public @Nullable String responseHeader(UpstreamTarget upstream, HttpString name, String value) {
    Site site = call.site();
    if (site != null) {
      return ofSite(site, upstream, name, value);
    }
    if (!SESSION_ID.equals(name)) {
      return value;
    }
    boolean opensUrls = route.connects() && door.connected().opensUrls(call);
    var location = new SessionHeader.Location(upstream.id(), value, opensUrls);
    return door.mcpSessions().id(token(), location);
  }

  private static @Nullable String ofSite(
      Site site, UpstreamTarget upstream, HttpString name, String value) {
    if (Headers.SET_COOKIE.equals(name)) {
      return CookieHeader.fromApp(value);
    }
    return Headers.LOCATION.equals(name) ? site.location(upstream.url(), value) : value;
  }

  /// An app on a host of its own keeps what it likes in its people's browsers.
  @Override
  public boolean passesCookies() {
    return call.site() != null;
  }

  @Override
  public boolean upgrades() {
    return call.upgrades();
  }

  @Override
  public boolean answered(UpstreamTarget upstream, HttpServerExchange exchange) {
    if (exchange.getStatusCode() == 401 || exchange.getStatusCode() == 403) {
      wanted = UpstreamChallenge.of(exchange, route);
      if (wanted != null) {
        return false;
      }
    }
    standing = stands(exchange);
    call.forget();
    call.cors();
    if (call.site() == null) {
      exchange.getResponseHeaders().put(SANDBOX, "sandbox");
      exchange.getResponseHeaders().put(NOSNIFF, "nosniff");
    }
    return true;
  }

  private static boolean stands(HttpServerExchange exchange) {
    String type = exchange.getResponseHeaders().getFirst(Headers.CONTENT_TYPE);
    boolean isListening =
        Methods.GET.equals(exchange.getRequestMethod())
            || LISTEN.equals(exchange.getRequestHeaders().getFirst(MCP_METHOD));
    return isListening && type != null && type.startsWith("text/event-stream");
  }

  /// Whether it is a stream that waits for events and has no end of its own, so that it must not
  /// hold up a server that stops.
  boolean isStanding() {
    return standing;
  }

  @Override
  public void failed(HttpServerExchange exchange, RelayFailure failure) {
    if (wanted != null && failure != RelayFailure.CUT) {
      door.connected().declined(this, wanted);
    } else {
      UpstreamFailure answer = new UpstreamFailure(door.answers(), call, route);
      if (failure == RelayFailure.CUT && token().session().isUsable(door.clock().millis())) {
        answer.cutShort();
      } else {
        answer.answer(failure, sending.home());
      }
    }
  }

  GatewayExchange exchange() {
    return call;
  }

  Route route() {
    return route;
  }

  @Override
  public void completed() {
    token().session().finish(this);
    door.running().decrementAndGet();
  }
}
