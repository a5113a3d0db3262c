package dev.sallyport.gateway;

import dev.sallyport.crypto.Secret;
import dev.sallyport.gateway.exchange.BearerToken;
import dev.sallyport.gateway.exchange.FetchMetadata;
import dev.sallyport.gateway.exchange.GatewayExchange;
import dev.sallyport.gateway.exchange.Preflight;
import dev.sallyport.gateway.exchange.RequestShape;
import dev.sallyport.gateway.routes.AppPath;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.gateway.routes.Site;
import dev.sallyport.launch.AppCookies;
import dev.sallyport.launch.OwnPaths;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.ratelimit.LimitKind;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.util.List;

/// A call at an app's own host, on the I/O thread: by token as anywhere, or by the cookie of
/// somebody who is signed in. A browser that is not is sent to the console's host and comes back.
final class SiteHandler {

  private final Gateway gateway;
  private final AppHandler apps;
  private final SiteEntry entry;
  private final AppCookies cookies;

  SiteHandler(Gateway gateway, AppHandler apps, AppCookies cookies) {
    this.gateway = gateway;
    this.apps = apps;
    this.entry = new SiteEntry(gateway, apps.coldEntry(), this);
    this.cookies = cookies;
  }

  void handle(GatewayExchange plain, Site site) {
    HttpServerExchange exchange = plain.exchange();
    String path = exchange.getRequestURI();
    HeaderValues origins = exchange.getRequestHeaders().get(Headers.ORIGIN);
    String fault = RequestShape.pathFault(exchange);
    if (fault != null) {
      exchange.setPersistent(false);
      gateway.answers().problem(plain, ProblemType.BAD_REQUEST, fault);
    } else if (origins != null && !site.callers().accept(List.copyOf(origins))) {
      gateway.answers().problem(plain, ProblemType.ORIGIN_NOT_ALLOWED);
    } else {
      welcome(origins == null ? plain : plain.ofOrigin(origins.getFirst()), site, path);
    }
  }

  private void welcome(GatewayExchange call, Site site, String path) {
    HttpServerExchange exchange = call.exchange();
    if (site.route().trust().configs().isEmpty()) {
      apps.absent(call);
    } else if (Preflight.is(exchange)) {
      Preflight.answer(gateway.answers(), call, site.route());
    } else if (!site.route().takes(exchange.getRequestMethod())) {
      gateway.answers().methodRefused(call, Route.HTTP_METHODS);
    } else if (isOddUpgrade(call)) {
      gateway
          .answers()
          .problem(call, ProblemType.BAD_REQUEST, "Of upgrades only WebSockets are served here.");
    } else if (path.startsWith(OwnPaths.PREFIX)) {
      own(call, site, path);
    } else {
      app(call, site, new AppPath(site.route().trust().facts().name(), false, path));
    }
  }

  // RFC 9110 section 7.8: an offer of HTTP/2 over clear text may be ignored.
  private static boolean isOddUpgrade(GatewayExchange call) {
    HttpServerExchange exchange = call.exchange();
    HeaderValues offers = exchange.getRequestHeaders().get(Headers.UPGRADE);
    if (offers == null) {
      return false;
    }
    return call.upgrades()
        ? !Methods.GET.equals(exchange.getRequestMethod()) || !exchange.isRequestComplete()
        : offers.stream().anyMatch(offer -> !offer.equalsIgnoreCase("h2c"));
  }

  private void own(GatewayExchange call, Site site, String path) {
    if (!path.equals(OwnPaths.SIGNED_IN)) {
      gateway.answers().problem(call, ProblemType.NOT_FOUND);
    } else if (!Methods.GET.equals(call.exchange().getRequestMethod())) {
      gateway.answers().methodRefused(call, "GET");
    } else if (!gateway.exceeds(call, LimitKind.LAUNCH)) {
      entry.comeBack(call, site);
    }
  }

  /// Whether a request may go on that another proxy holds.
  void ask(GatewayExchange call, Site site) {
    HeaderValues origins = call.exchange().getRequestHeaders().get(Headers.ORIGIN);
    if (origins != null && !site.callers().accept(List.copyOf(origins))) {
      gateway.answers().problem(call, ProblemType.ORIGIN_NOT_ALLOWED);
    } else if (site.route().trust().configs().isEmpty()) {
      apps.absent(call);
    } else {
      app(call, site, new AppPath(site.route().trust().facts().name(), false, "/"));
    }
  }

  private void app(GatewayExchange call, Site site, AppPath path) {
    switch (BearerToken.of(call.exchange().getRequestHeaders().get(Headers.AUTHORIZATION))) {
      case BearerToken.Present(String token) -> apps.withToken(call, site.route(), path, token);
      case BearerToken.Absent() -> withoutToken(call, site, path);
      case BearerToken.Ambiguous() -> {
        call.exchange().setPersistent(false);
        gateway
            .answers()
            .problem(call, ProblemType.BAD_REQUEST, "There is more than one Authorization header.");
      }
    }
  }

  private void withoutToken(GatewayExchange call, Site site, AppPath path) {
    List<String> brought =
        site.cookies().sessions(call.exchange().getRequestHeaders().get(Headers.COOKIE));
    if (brought.isEmpty()) {
      stranger(call, site);
    } else if (brought.size() > 1) {
      gateway
          .answers()
          .problem(call, ProblemType.BAD_REQUEST, "There is more than one of Sallyport's cookies.");
    } else if (!new FetchMetadata(call).isOfOwnPage(site)) {
      gateway.answers().problem(call, ProblemType.ORIGIN_NOT_ALLOWED);
    } else if (!gateway.lease().isHeld()) {
      gateway.answers().problem(call, ProblemType.NOT_CURRENT);
    } else if (!apps.entersWarm(call, site.route(), path, brought.getFirst())) {
      withUnknown(call, site, path, new Secret(brought.getFirst()));
    }
  }

  /// Made-up cookies are told before they take a place among those that wait; so nothing is ever
  /// in the way of a good one.
  private void withUnknown(GatewayExchange call, Site site, AppPath path, Secret cookie) {
    switch (cookies.standing(cookie)) {
      case OURS -> entry.enter(call, site, path, cookie);
      case MADE_UP -> stranger(call, site);
      case KEY_UNKNOWN -> {
        if (!gateway.exceeds(call, LimitKind.REFUSED_COOKIE)) {
          entry.enter(call, site, path, cookie);
        }
      }
    }
  }

  /// Somebody whom nothing speaks for: a page is shown the way to the sign-in, all else is refused.
  void stranger(GatewayExchange call, Site site) {
    if (gateway.exceeds(call, LimitKind.TOKENLESS)) {
      return;
    }
    if (!call.isQuestion() && new FetchMetadata(call).isPage()) {
      entry.leave(call, site);
      return;
    }
    ProblemType type = ProblemType.APP_SIGN_IN_NEEDED;
    String detail = type.cause() + " " + type.fix();
    gateway.answers().challenge(call, site.route().trust(), type, detail, List.of());
  }
}
