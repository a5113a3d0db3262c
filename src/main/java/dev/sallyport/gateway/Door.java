package dev.sallyport.gateway;

import dev.sallyport.gateway.exchange.Answers;
import dev.sallyport.gateway.exchange.ChunkedBody;
import dev.sallyport.gateway.exchange.GatewayExchange;
import dev.sallyport.gateway.exchange.RequestShape;
import dev.sallyport.gateway.routes.AppPath;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.gateway.routes.Site;
import dev.sallyport.problem.ProblemType;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The first handler of every request. Calls of the data plane go on from here; everything else,
/// once its Host is right, to the servlets behind.
final class Door implements HttpHandler {
  /// The gateway of this deployment; I/O threads have no other way to it.
  static final AtomicReference<@Nullable OpenDoor> CURRENT = new AtomicReference<>();

  private static final String DOCUMENT = "/openapi";
  private static final String METRICS = "/api/v1/metrics";
  private static final Answers UNOPENED = new Answers("", Duration.ofSeconds(30));
  private static final HttpString FORWARDED_FOR = new HttpString("X-Forwarded-For");

  private final ServletEntrance servlets;

  Door(HttpHandler servlets) {
    this.servlets = new ServletEntrance(servlets);
  }

  /// A gateway with its handlers and state.
  record OpenDoor(
      Gateway gateway, AppDoor appDoor, SiteHandler sites, WellKnown wellKnown, DoorState state) {
    OpenDoor in(DoorState next) {
      return new OpenDoor(gateway, appDoor, sites, wellKnown, next);
    }
  }

  /// From one step of a node's life to a later one.
  static void move(DoorState next) {
    CURRENT.updateAndGet(
        door -> door == null || door.state().compareTo(next) > 0 ? door : door.in(next));
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    ChunkedBody.takeOver(exchange);
    OpenDoor door = CURRENT.get();
    if (door == null) {
      exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "2");
      GatewayExchange early = new GatewayExchange(exchange, peer(exchange), null);
      UNOPENED.problem(early, ProblemType.STARTING);
      return;
    }
    if (door.state() != DoorState.OPEN) {
      // What keeps this connection would send its next call to a node that has gone.
      exchange.setPersistent(false);
    }
    String fault = RequestShape.fault(exchange);
    if (fault == null) {
      enter(door, exchange);
    } else {
      exchange.setPersistent(false);
      GatewayExchange call = new GatewayExchange(exchange, peer(exchange), null);
      door.gateway().answers().problem(call, ProblemType.BAD_REQUEST, fault);
    }
  }

  private void enter(OpenDoor door, HttpServerExchange exchange) throws Exception {
    HeaderValues host = exchange.getRequestHeaders().get(Headers.HOST);
    String path = exchange.getRequestPath();
    boolean isOurs =
        host != null && host.size() == 1 && door.gateway().host().accepts(host.getFirst());
    if (!isOurs) {
      elsewhere(door, exchange, host);
    } else if (isTunnelOrEcho(exchange.getRequestMethod())) {
      // The target of CONNECT is no path; TRACE would say aloud what is for upstreams alone.
      GatewayExchange call = new GatewayExchange(exchange, client(door.gateway(), exchange), null);
      door.gateway()
          .answers()
          .methodRefused(call, path.startsWith("/mcp") ? Route.MCP_METHODS : Route.HTTP_METHODS);
    } else if (isDataPlane(path)) {
      dataPlane(door, exchange);
    } else if (path.equals(DOCUMENT)) {
      servlets.document(door.gateway(), exchange);
    } else {
      servlets.enter(door.gateway(), exchange);
    }
  }

  /// An app's own host has nothing of ours but the app. Scrapers ask each node at its own address;
  /// they bring a key, which no browser that was led astray has.
  private void elsewhere(OpenDoor door, HttpServerExchange exchange, @Nullable HeaderValues host)
      throws Exception {
    if (asksForUpgrade(exchange.getRequestHeaders().get(Headers.UPGRADE))) {
      // Bytes behind an offer that is declined are for another protocol: never a next request.
      exchange.setPersistent(false);
    }
    Gateway gateway = door.gateway();
    Site site = host == null || host.size() != 1 ? null : gateway.routes().site(host.getFirst());
    if (site == null && METRICS.equals(exchange.getRequestURI())) {
      servlets.enter(gateway, exchange);
      return;
    }
    if (site == null) {
      GatewayExchange call = new GatewayExchange(exchange, peer(exchange), null);
      gateway.answers().wrongHost(call);
      return;
    }
    // Whose page it is has not been looked at yet: its answers are for nobody to read.
    GatewayExchange call = new GatewayExchange(exchange, client(gateway, exchange), null, site);
    if (!door.state().takesCalls()) {
      gateway.answers().problem(call, ProblemType.DRAINING);
    } else if (isTunnelOrEcho(exchange.getRequestMethod())) {
      gateway.answers().methodRefused(call, Route.HTTP_METHODS);
    } else {
      door.sites().handle(call, site);
    }
  }

  private static boolean isTunnelOrEcho(HttpString method) {
    return Methods.CONNECT.equals(method) || Methods.TRACE.equals(method);
  }

  private static boolean isDataPlane(String path) {
    return path.startsWith("/mcp")
        || path.startsWith("/apps/")
        || path.startsWith("/.well-known")
        || path.startsWith(ForwardAuth.PREFIX);
  }

  private static void dataPlane(OpenDoor door, HttpServerExchange exchange) {
    Gateway gateway = door.gateway();
    GatewayExchange plain = new GatewayExchange(exchange, client(gateway, exchange), null);
    if (!door.state().takesCalls()) {
      gateway.answers().problem(plain, ProblemType.DRAINING);
      return;
    }
    String path = exchange.getRequestURI();
    String fault = RequestShape.pathFault(exchange);
    if (fault != null) {
      exchange.setPersistent(false);
      gateway.answers().problem(plain, ProblemType.BAD_REQUEST, fault);
    } else if (path.startsWith(ForwardAuth.PREFIX)) {
      new ForwardAuth(gateway).ask(peer(exchange), plain, door.sites());
    } else if (asksForUpgrade(exchange.getRequestHeaders().get(Headers.UPGRADE))) {
      exchange.setPersistent(false);
      gateway.answers().problem(plain, ProblemType.BAD_REQUEST, "Upgrades are not served here.");
    } else if (path.startsWith("/.well-known")) {
      door.wellKnown().handle(plain, path);
    } else {
      door.appDoor().enter(plain, AppPath.parse(path));
    }
  }

  // RFC 9110 section 7.8: an offer may be ignored, as HTTP/2 over clear text is here. A WebSocket
  // would be a tunnel that nobody could look into.
  private static boolean asksForUpgrade(@Nullable HeaderValues offers) {
    return offers != null && offers.stream().anyMatch(offer -> !offer.equalsIgnoreCase("h2c"));
  }

  static InetAddress peer(HttpServerExchange exchange) {
    return exchange.getSourceAddress().getAddress();
  }

  private static InetAddress client(Gateway gateway, HttpServerExchange exchange) {
    InetAddress peer = peer(exchange);
    HeaderValues forwarded = exchange.getRequestHeaders().get(FORWARDED_FOR);
    return forwarded == null ? peer : gateway.clientAddress().of(peer, List.copyOf(forwarded));
  }
}
