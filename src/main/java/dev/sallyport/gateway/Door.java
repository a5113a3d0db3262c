package dev.sallyport.gateway;

import dev.sallyport.problem.ProblemType;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The first handler of every request. Calls of the data plane go on from here; everything else,
/// once its Host is right, to the servlets behind.
final class Door implements HttpHandler {
  /// The gateway of this deployment; I/O threads have no other way to it.
  static final AtomicReference<@Nullable OpenDoor> CURRENT = new AtomicReference<>();

  private static final String METRICS = "/api/v1/metrics";
  private static final long MAX_SERVLET_BODY = 2 << 20;
  private static final Answers UNOPENED = new Answers("", Duration.ofSeconds(30));
  private static final HttpString FETCH_MODE = new HttpString("Sec-Fetch-Mode");
  private static final HttpString FORWARDED_FOR = new HttpString("X-Forwarded-For");
  private static final HttpString REQUEST_METHOD = new HttpString("Access-Control-Request-Method");
  private static final HttpString REQUEST_HEADERS =
      new HttpString("Access-Control-Request-Headers");
  private static final HttpString ALLOW_METHODS = new HttpString("Access-Control-Allow-Methods");
  private static final String ALLOWED = "POST, GET, DELETE, OPTIONS";
  static final String HTTP_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
  private static final Pattern PARAMETER = Pattern.compile("(?i)mcp-param-[a-z0-9_-]{1,64}");
  private static final String MCP_HEADERS =
      "Authorization, Content-Type, Accept, Mcp-Session-Id, MCP-Protocol-Version, "
          + "Mcp-Method, Mcp-Name, Last-Event-ID";

  private final HttpHandler servlets;

  Door(HttpHandler servlets) {
    this.servlets = servlets;
  }

  /// A gateway with its handlers and state.
  record OpenDoor(
      Gateway gateway, AppHandler apps, SiteHandler sites, WellKnown wellKnown, DoorState state) {
    OpenDoor in(DoorState next) {
      return new OpenDoor(gateway, apps, sites, wellKnown, next);
    }
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    OpenDoor door = CURRENT.get();
    if (door == null) {
      exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "2");
      GatewayExchange early = new GatewayExchange(exchange, peer(exchange), null);
      UNOPENED.problem(early, ProblemType.STARTING);
      return;
    }
    HeaderValues host = exchange.getRequestHeaders().get(Headers.HOST);
    String path = exchange.getRequestPath();
    String fault = RequestShape.fault(exchange);
    if (fault != null) {
      exchange.setPersistent(false);
      GatewayExchange call = new GatewayExchange(exchange, peer(exchange), null);
      door.gateway().answers().problem(call, ProblemType.BAD_REQUEST, fault);
      return;
    }
    boolean isOurs =
        host != null && host.size() == 1 && door.gateway().host().accepts(host.getFirst());
    if (!isOurs) {
      elsewhere(door, exchange, host);
    } else if (isTunnelOrEcho(exchange.getRequestMethod())) {
      // The target of CONNECT is no path; TRACE would say aloud what is for upstreams alone.
      GatewayExchange call = new GatewayExchange(exchange, client(door.gateway(), exchange), null);
      methodRefused(door.gateway(), call, path.startsWith("/mcp") ? ALLOWED : HTTP_METHODS);
    } else if (isDataPlane(path)) {
      dataPlane(door, exchange);
    } else {
      servlet(door.gateway(), exchange);
    }
  }

  /// An app's own host has nothing of ours but the app. Scrapers ask each node at its own address;
  /// they bring a key, which no browser that was led astray has.
  private void elsewhere(OpenDoor door, HttpServerExchange exchange, @Nullable HeaderValues host)
      throws Exception {
    Gateway gateway = door.gateway();
    Site site = host == null || host.size() != 1 ? null : gateway.routes().site(host.getFirst());
    if (site == null && METRICS.equals(exchange.getRequestURI())) {
      servlet(gateway, exchange);
      return;
    }
    if (site == null) {
      GatewayExchange call = new GatewayExchange(exchange, peer(exchange), null);
      gateway.answers().problem(call, ProblemType.HOST_NOT_ALLOWED);
      return;
    }
    // Whose page it is has not been looked at yet: its answers are for nobody to read.
    GatewayExchange call = new GatewayExchange(exchange, client(gateway, exchange), null, site);
    if (door.state() != DoorState.OPEN) {
      gateway.answers().problem(call, ProblemType.DRAINING);
    } else if (isTunnelOrEcho(exchange.getRequestMethod())) {
      methodRefused(gateway, call, HTTP_METHODS);
    } else {
      door.sites().handle(call, site);
    }
  }

  private void servlet(Gateway gateway, HttpServerExchange exchange) throws Exception {
    if (exchange.getRequestContentLength() > MAX_SERVLET_BODY) {
      exchange.setPersistent(false);
      GatewayExchange call = new GatewayExchange(exchange, peer(exchange), null);
      gateway.answers().problem(call, ProblemType.BODY_TOO_LARGE);
      return;
    }
    // Forms are read whole, before any servlet could look at their size.
    exchange.setMaxEntitySize(MAX_SERVLET_BODY);
    BodyDeadline.watch(exchange, gateway.settings().gateway().patience().body());
    servlets.handleRequest(exchange);
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
    if (door.state() != DoorState.OPEN) {
      gateway.answers().problem(plain, ProblemType.DRAINING);
      return;
    }
    String path = exchange.getRequestURI();
    String fault = RequestShape.pathFault(exchange);
    if (fault != null) {
      gateway.answers().problem(plain, ProblemType.BAD_REQUEST, fault);
    } else if (path.startsWith(ForwardAuth.PREFIX)) {
      new ForwardAuth(gateway).ask(peer(exchange), plain, door.sites());
    } else if (asksForUpgrade(exchange.getRequestHeaders().get(Headers.UPGRADE))) {
      gateway.answers().problem(plain, ProblemType.BAD_REQUEST, "Upgrades are not served here.");
    } else if (path.startsWith("/.well-known")) {
      door.wellKnown().handle(plain, path);
    } else {
      app(door, exchange, plain, AppPath.parse(path));
    }
  }

  // RFC 9110 section 7.8: an offer may be ignored, as HTTP/2 over clear text is here. A WebSocket
  // would be a tunnel that nobody could look into.
  private static boolean asksForUpgrade(@Nullable HeaderValues offers) {
    return offers != null && offers.stream().anyMatch(offer -> !offer.equalsIgnoreCase("h2c"));
  }

  private static InetAddress peer(HttpServerExchange exchange) {
    return exchange.getSourceAddress().getAddress();
  }

  private static InetAddress client(Gateway gateway, HttpServerExchange exchange) {
    InetAddress peer = peer(exchange);
    HeaderValues forwarded = exchange.getRequestHeaders().get(FORWARDED_FOR);
    return forwarded == null ? peer : gateway.clientAddress().of(peer, List.copyOf(forwarded));
  }

  private static void app(
      OpenDoor door, HttpServerExchange exchange, GatewayExchange plain, @Nullable AppPath path) {
    Gateway gateway = door.gateway();
    Route route = path == null ? null : gateway.routes().find(path.app());
    if (route != null) {
      plain.to(route);
    }
    HeaderValues origins = exchange.getRequestHeaders().get(Headers.ORIGIN);
    if (path != null && route != null && !isShown(gateway, route, path, exchange)) {
      route = null;
    }
    if (origins != null && !isAllowed(gateway, route, origins)) {
      gateway.answers().problem(plain, ProblemType.ORIGIN_NOT_ALLOWED);
      return;
    }
    GatewayExchange call = origins == null ? plain : plain.ofOrigin(origins.getFirst());
    if (path == null || route == null) {
      door.apps().absent(call);
    } else if (isPreflight(exchange)) {
      preflight(gateway, call, route);
    } else if (!takes(route, exchange)) {
      methodRefused(gateway, call, route.isMcp() ? ALLOWED : HTTP_METHODS);
    } else if (hasOddBody(route, exchange)) {
      exchange.setPersistent(false);
      gateway.answers().problem(call, ProblemType.BAD_REQUEST, "A GET or DELETE has no body here.");
    } else if (isNavigation(exchange)) {
      gateway
          .answers()
          .problem(call, ProblemType.BAD_REQUEST, "Apps are not opened in a browser's tab here.");
    } else {
      door.apps().handle(call, route, path);
    }
  }

  private static boolean isNavigation(HttpServerExchange exchange) {
    return "navigate".equals(exchange.getRequestHeaders().getFirst(FETCH_MODE));
  }

  /// An app that lets nobody in looks like none whatever is asked of it; one that is not to be
  /// discovered, unless a token is to be looked at.
  private static boolean isShown(
      Gateway gateway, Route route, AppPath path, HttpServerExchange exchange) {
    if (route.isMcp() != path.isMcp() || route.trust().configs().isEmpty()) {
      return false;
    }
    if (route.trust().app().discoverable()) {
      return true;
    }
    HeaderMap headers = exchange.getRequestHeaders();
    if (isPreflight(exchange)) {
      // It carries no token; of the pages that may send one, only a foreign one must know.
      return !gateway.settings().publicBase().equals(headers.getFirst(Headers.ORIGIN));
    }
    return BearerToken.of(headers.get(Headers.AUTHORIZATION)) instanceof BearerToken.Present
        && takes(route, exchange)
        && !hasOddBody(route, exchange)
        && !isNavigation(exchange);
  }

  static boolean isPreflight(HttpServerExchange exchange) {
    return Methods.OPTIONS.equals(exchange.getRequestMethod())
        && exchange.getRequestHeaders().contains(Headers.ORIGIN)
        && exchange.getRequestHeaders().contains(REQUEST_METHOD);
  }

  static void methodRefused(Gateway gateway, GatewayExchange call, String allowed) {
    call.exchange().getResponseHeaders().put(Headers.ALLOW, allowed);
    gateway.answers().problem(call, ProblemType.METHOD_NOT_ALLOWED);
  }

  private static boolean isAllowed(Gateway gateway, @Nullable Route route, HeaderValues origins) {
    String publicBase = gateway.settings().publicBase();
    return route == null
        ? origins.size() == 1 && publicBase.equals(origins.getFirst())
        : route.origins().accept(List.copyOf(origins));
  }

  // RFC 9110 section 9.1: a method is case-sensitive; Undertow's names are not.
  static boolean takes(Route route, HttpServerExchange exchange) {
    String method = exchange.getRequestMethod().toString();
    return route.isMcp()
        ? method.equals("POST") || method.equals("GET") || method.equals("DELETE")
        : method.chars().noneMatch(Character::isLowerCase);
  }

  /// A server that overlooks the body of a GET takes it for the next request, maybe another's.
  private static boolean hasOddBody(Route route, HttpServerExchange exchange) {
    return route.isMcp()
        && !Methods.POST.equals(exchange.getRequestMethod())
        && (!exchange.isRequestComplete() || exchange.getRequestContentLength() > 0);
  }

  // Headers of a tool's own, whose names nobody knows before (MCP 2026-07-28).
  private static String parameters(String asked) {
    return Arrays.stream(asked.split(",", -1))
        .map(String::strip)
        .filter(name -> PARAMETER.matcher(name).matches())
        .map(name -> ", " + name)
        .collect(Collectors.joining());
  }

  /// CORS (Fetch standard, section 3.2.2): the origin was found allowed before.
  static void preflight(Gateway gateway, GatewayExchange call, Route route) {
    HttpServerExchange exchange = call.exchange();
    // An HTTP app may take any header of its own; those that say who calls never reach it.
    String asked = exchange.getRequestHeaders().getFirst(REQUEST_HEADERS);
    String headers =
        asked == null ? MCP_HEADERS : route.isMcp() ? MCP_HEADERS + parameters(asked) : asked;
    call.cors();
    exchange
        .getResponseHeaders()
        .put(ALLOW_METHODS, route.isMcp() ? ALLOWED : HTTP_METHODS)
        .put(new HttpString("Access-Control-Allow-Headers"), headers)
        .put(new HttpString("Access-Control-Max-Age"), "600");
    exchange.setStatusCode(204);
    gateway.answers().end(call);
  }
}
