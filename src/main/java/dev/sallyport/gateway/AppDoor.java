package dev.sallyport.gateway;

import dev.sallyport.gateway.exchange.BearerToken;
import dev.sallyport.gateway.exchange.GatewayExchange;
import dev.sallyport.gateway.exchange.Preflight;
import dev.sallyport.gateway.routes.AppPath;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.http.AllowedOrigins;
import dev.sallyport.problem.ProblemType;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The paths of apps on the console's host: which app it is, whether it shows itself, and whether
/// the page that calls may.
final class AppDoor {
  private static final HttpString FETCH_MODE = new HttpString("Sec-Fetch-Mode");

  private final Gateway gateway;
  private final AppHandler apps;

  AppDoor(Gateway gateway, AppHandler apps) {
    this.gateway = gateway;
    this.apps = apps;
  }

  /// @param path null when the path is no app's
  void enter(GatewayExchange plain, @Nullable AppPath path) {
    HttpServerExchange exchange = plain.exchange();
    Route route = path == null ? null : gateway.routes().find(path.app());
    if (route != null) {
      plain.to(route);
    }
    HeaderValues origins = exchange.getRequestHeaders().get(Headers.ORIGIN);
    if (path != null && route != null && !isShown(route, path, exchange)) {
      route = null;
    }
    if (origins != null && !isAllowed(route, origins)) {
      gateway.answers().problem(plain, ProblemType.ORIGIN_NOT_ALLOWED);
      return;
    }
    GatewayExchange call = origins == null ? plain : plain.ofOrigin(origins.getFirst());
    if (path == null || route == null) {
      apps.absent(call);
    } else if (Preflight.is(exchange)) {
      Preflight.answer(gateway.answers(), call, route);
    } else if (!route.takes(exchange.getRequestMethod())) {
      gateway.answers().methodRefused(call, route.methods());
    } else if (hasOddBody(route, exchange)) {
      exchange.setPersistent(false);
      gateway.answers().problem(call, ProblemType.BAD_REQUEST, "A GET or DELETE has no body here.");
    } else if (isNavigation(exchange)) {
      gateway
          .answers()
          .problem(call, ProblemType.BAD_REQUEST, "Apps are not opened in a browser's tab here.");
    } else {
      apps.handle(call, route, path);
    }
  }

  private static boolean isNavigation(HttpServerExchange exchange) {
    return "navigate".equals(exchange.getRequestHeaders().getFirst(FETCH_MODE));
  }

  /// An app that lets nobody in looks like none whatever is asked of it; one that is not to be
  /// discovered, unless a token is to be looked at.
  private boolean isShown(Route route, AppPath path, HttpServerExchange exchange) {
    if (route.isMcp() != path.isMcp() || route.trust().configs().isEmpty()) {
      return false;
    }
    if (route.trust().app().discoverable()) {
      return true;
    }
    HeaderMap headers = exchange.getRequestHeaders();
    if (Preflight.is(exchange)) {
      // It carries no token; of the pages that may send one, only a foreign one must know.
      return !gateway.routes().own().accept(List.copyOf(headers.get(Headers.ORIGIN)));
    }
    return BearerToken.of(headers.get(Headers.AUTHORIZATION)) instanceof BearerToken.Present
        && route.takes(exchange.getRequestMethod())
        && !hasOddBody(route, exchange)
        && !isNavigation(exchange);
  }

  private boolean isAllowed(@Nullable Route route, HeaderValues origins) {
    AllowedOrigins allowed = route == null ? gateway.routes().own() : route.origins();
    return allowed.accept(List.copyOf(origins));
  }

  /// A server that overlooks the body of a GET takes it for the next request, maybe another's.
  private static boolean hasOddBody(Route route, HttpServerExchange exchange) {
    return route.isMcp()
        && !Methods.POST.equals(exchange.getRequestMethod())
        && (!exchange.isRequestComplete() || exchange.getRequestContentLength() > 0);
  }
}
