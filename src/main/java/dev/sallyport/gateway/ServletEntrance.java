package dev.sallyport.gateway;

import dev.sallyport.config.DocumentPath;
import dev.sallyport.gateway.exchange.BodyDeadline;
import dev.sallyport.gateway.exchange.GatewayExchange;
import dev.sallyport.problem.ProblemType;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

/// The way to the servlets behind the door, for what is no call to an app: console, REST, sign-in.
/// Their bodies have a bound of their own.
final class ServletEntrance {
  private static final long MAX_BODY = 2 << 20;

  private final HttpHandler servlets;

  ServletEntrance(HttpHandler servlets) {
    this.servlets = servlets;
  }

  /// The server answers with the OpenAPI document before any deployment is asked.
  void document(Gateway gateway, HttpServerExchange exchange) throws Exception {
    exchange.setRequestPath(DocumentPath.PATH);
    exchange.setRelativePath(DocumentPath.PATH);
    exchange.setResolvedPath("");
    if (exchange.getConnection() instanceof AbstractServerConnection connection) {
      bounded(gateway, exchange, connection.getRootHandler());
    } else {
      enter(gateway, exchange);
    }
  }

  void enter(Gateway gateway, HttpServerExchange exchange) throws Exception {
    bounded(gateway, exchange, servlets);
  }

  private static void bounded(Gateway gateway, HttpServerExchange exchange, HttpHandler next)
      throws Exception {
    if (exchange.getRequestContentLength() > MAX_BODY) {
      GatewayExchange call = new GatewayExchange(exchange, Door.peer(exchange), null);
      gateway.answers().problem(call, ProblemType.BODY_TOO_LARGE);
      return;
    }
    // Forms are read whole, before any servlet could look at their size.
    exchange.setMaxEntitySize(MAX_BODY);
    BodyDeadline.watch(exchange, gateway.settings().gateway().patience().body());
    next.handleRequest(exchange);
  }
}
