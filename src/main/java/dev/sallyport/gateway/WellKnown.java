package dev.sallyport.gateway;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.connections.clients.ClientDocument;
import dev.sallyport.gateway.exchange.GatewayExchange;
import dev.sallyport.gateway.routes.AppPath;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.persistence.Json;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.ratelimit.LimitKind;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What others may read without a token: how to sign in for an app (RFC 9728), the keys to check
/// assertions with, and who this gateway is as an OAuth client.
final class WellKnown {
  private static final String METADATA = "/.well-known/oauth-protected-resource";
  private static final String METHODS = "GET, HEAD, OPTIONS";
  private static final String KEYS = "/.well-known/jwks.json";
  private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");

  private final Gateway gateway;
  private final ClientDocument client;

  /// Something that is the same for everybody.
  private record Document(Supplier<String> text, String caching) {}

  WellKnown(Gateway gateway, ClientDocument client) {
    this.gateway = gateway;
    this.client = client;
  }

  void handle(GatewayExchange call, String path) {
    HttpString method = call.exchange().getRequestMethod();
    Document document = document(path);
    if (document == null && !path.startsWith(METADATA + "/")) {
      gateway.answers().problem(call, ProblemType.NOT_FOUND);
    } else if (Methods.OPTIONS.equals(method)) {
      options(call);
    } else if (!Methods.GET.equals(method) && !Methods.HEAD.equals(method)) {
      call.exchange().getResponseHeaders().put(Headers.ALLOW, METHODS);
      gateway.answers().problem(call, ProblemType.METHOD_NOT_ALLOWED);
    } else {
      read(call, path, document);
    }
  }

  private @Nullable Document document(String path) {
    return path.equals(KEYS)
        ? new Document(gateway.provisioner().assertions()::publicKeys, "300")
        : client.at(path).map(text -> new Document(() -> text, "3600")).orElse(null);
  }

  /// A client in a page asks first whether it may send headers of its own, such as the version of
  /// MCP.
  private void options(GatewayExchange call) {
    call.exchange()
        .getResponseHeaders()
        .put(Headers.ALLOW, METHODS)
        .put(ALLOW_ORIGIN, "*")
        .put(new HttpString("Access-Control-Allow-Methods"), METHODS)
        .put(new HttpString("Access-Control-Allow-Headers"), "*")
        .put(new HttpString("Access-Control-Max-Age"), "600");
    call.exchange().setStatusCode(204);
    gateway.answers().end(call);
  }

  private void read(GatewayExchange call, String path, @Nullable Document document) {
    if (document != null) {
      String caching = "public, max-age=" + document.caching();
      call.exchange().getResponseHeaders().put(Headers.CACHE_CONTROL, caching);
      json(call, document.text().get());
    } else if (!gateway.exceeds(call, LimitKind.TOKENLESS)) {
      metadata(call, path.substring(METADATA.length()));
    }
  }

  private void metadata(GatewayExchange call, String path) {
    AppPath app = AppPath.parse(path);
    Route route = app == null ? null : gateway.routes().find(app.app());
    if (app == null || route == null || !isShown(app, route)) {
      gateway.answers().problem(call, ProblemType.APP_NOT_FOUND);
      return;
    }
    json(call, Json.write(document(route.trust())));
  }

  private static boolean isShown(AppPath path, Route route) {
    return route.isMcp() == path.isMcp()
        && route.trust().app().discoverable()
        && !route.trust().configs().isEmpty();
  }

  private static Map<String, Object> document(AppTrust trust) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("resource", trust.app().url());
    document.put("authorization_servers", trust.authorizationServers());
    if (!trust.scopes().isEmpty()) {
      document.put("scopes_supported", trust.scopes());
    }
    document.put("bearer_methods_supported", List.of("header"));
    document.put("resource_name", trust.app().name());
    return document;
  }

  private static void json(GatewayExchange call, String body) {
    HttpServerExchange exchange = call.exchange();
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    // Public by nature, and browser clients read it from any page.
    exchange.getResponseHeaders().put(ALLOW_ORIGIN, "*");
    exchange.getResponseSender().send(body);
  }
}
