package dev.sallyport.gateway.exchange;

import dev.sallyport.gateway.routes.Route;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser's question whether a page of another origin may call (CORS).
public final class Preflight {
  private static final HttpString REQUEST_METHOD = new HttpString("Access-Control-Request-Method");
  private static final HttpString REQUEST_HEADERS =
      new HttpString("Access-Control-Request-Headers");
  private static final HttpString ALLOW_METHODS = new HttpString("Access-Control-Allow-Methods");
  private static final Pattern PARAMETER = Pattern.compile("(?i)mcp-param-[a-z0-9_-]{1,64}");
  private static final String MCP_HEADERS =
      "Authorization, Content-Type, Accept, Mcp-Session-Id, MCP-Protocol-Version, "
          + "Mcp-Method, Mcp-Name, Last-Event-ID";

  private Preflight() {}

  /// Whether a browser asks for a page whether it may call.
  public static boolean is(HttpServerExchange exchange) {
    return Methods.OPTIONS.equals(exchange.getRequestMethod())
        && exchange.getRequestHeaders().contains(Headers.ORIGIN)
        && exchange.getRequestHeaders().contains(REQUEST_METHOD);
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
  public static void answer(Answers answers, GatewayExchange call, Route route) {
    HttpServerExchange exchange = call.exchange();
    // An HTTP app may take any header of its own; those that say who calls never reach it.
    String asked = exchange.getRequestHeaders().getFirst(REQUEST_HEADERS);
    String headers =
        asked == null ? MCP_HEADERS : route.isMcp() ? MCP_HEADERS + parameters(asked) : asked;
    call.cors();
    exchange
        .getResponseHeaders()
        .put(ALLOW_METHODS, route.methods())
        .put(new HttpString("Access-Control-Allow-Headers"), headers)
        .put(new HttpString("Access-Control-Max-Age"), "600");
    exchange.setStatusCode(204);
    answers.end(call);
  }
}
