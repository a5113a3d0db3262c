package dev.sallyport.gateway;

import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.appsessions.SessionOpener;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.gateway.entry.ColdWork;
import dev.sallyport.gateway.exchange.GatewayExchange;
import dev.sallyport.gateway.routes.AppPath;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.gateway.routes.Site;
import dev.sallyport.gateway.site.Trip;
import dev.sallyport.launch.AppSignIns;
import dev.sallyport.launch.OwnPaths;
import dev.sallyport.launch.Redemption;
import dev.sallyport.problem.ProblemType;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The ways of a browser at an app's own host that take longer: to the sign-in, back with a code,
/// and in with a cookie that this node does not know. What blocks runs on the gateway's own pool.
final class SiteEntry {
  private static final HttpString REFERRER_POLICY = new HttpString("Referrer-Policy");
  private static final Duration TRIP = Duration.ofMinutes(10);
  private static final int MOST_TRIPS = 5;
  private static final Pattern MARK = Pattern.compile("[0-9a-f]{8}");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private record Key(String appId, TokenHash hash) {}

  private final Gateway gateway;
  private final ColdEntry coldEntry;
  private final SiteHandler handler;
  // A page asks for much at once: its cookie is looked at once.
  private final ColdWork<Key, Optional<LiveToken>> entering;
  private final ColdWork<Key, Redemption> redeeming;

  SiteEntry(Gateway gateway, ColdEntry coldEntry, SiteHandler handler) {
    this.gateway = gateway;
    this.coldEntry = coldEntry;
    this.handler = handler;
    this.entering = gateway.enteringWork();
    this.redeeming = gateway.enteringWork();
  }

  /// Sends a browser to the console's host, and leaves in it what the way back is told by.
  void leave(GatewayExchange call, Site site) {
    HttpServerExchange exchange = call.exchange();
    String query = exchange.getQueryString();
    Trip trip = Trip.to(exchange.getRequestURI() + (query.isEmpty() ? "" : "?" + query));
    String challenge = trip.challenge();
    HeaderMap headers = exchange.getResponseHeaders();
    List<String> older = site.cookies().states(exchange.getRequestHeaders().get(Headers.COOKIE));
    older.stream()
        .limit(Math.max(0, older.size() - MOST_TRIPS + 1))
        .forEach(name -> headers.add(Headers.SET_COOKIE, site.cookies().drop(name)));
    String mark = challenge.substring(0, OwnPaths.MARK_LENGTH);
    headers.add(Headers.SET_COOKIE, site.cookies().setState(mark, trip.cookie(), TRIP));
    goTo(call, console(site) + "?challenge=" + challenge);
  }

  /// Back from the console's host.
  void comeBack(GatewayExchange call, Site site) {
    HttpServerExchange exchange = call.exchange();
    String code = single(exchange, "code", CODE);
    String mark = single(exchange, "mark", MARK);
    if (code == null || mark == null) {
      refused(call, site, ProblemType.LAUNCH_CODE_INVALID);
      return;
    }
    String left = site.cookies().state(exchange.getRequestHeaders().get(Headers.COOKIE), mark);
    Trip trip = left == null ? null : Trip.of(left).orElse(null);
    if (trip == null) {
      refused(call, site, ProblemType.LAUNCH_COOKIE_MISSING);
      return;
    }
    exchange.getResponseHeaders().add(Headers.SET_COOKIE, site.cookies().dropState(mark));
    var brought = new AppSignIns.Return(new Secret(code), trip.state());
    redeeming.alone(
        call,
        () -> gateway.signIns().redeem(site.route().trust(), brought, caller(call)),
        redemption -> {
          switch (redemption) {
            case Redemption.Entered entered -> welcome(call, site, entered, trip.page());
            case Redemption.Refused(ProblemType type) -> refused(call, site, type);
          }
        });
  }

  private void welcome(GatewayExchange call, Site site, Redemption.Entered entered, String page) {
    Duration life = Duration.between(gateway.clock().instant(), entered.until());
    String cookie = site.cookies().setSession(entered.cookie().reveal(), life);
    call.exchange().getResponseHeaders().add(Headers.SET_COOKIE, cookie);
    goTo(call, site.origin() + page);
  }

  private void refused(GatewayExchange call, Site site, ProblemType type) {
    goTo(call, console(site) + "?reason=" + type.code());
  }

  /// Lets a cookie in that this node does not know.
  void enter(GatewayExchange call, Site site, AppPath path, Secret cookie) {
    Route route = site.route();
    entering.share(
        call,
        new Key(route.trust().facts().id(), TokenHash.of(cookie.reveal())),
        () -> open(call, route, cookie),
        found ->
            found.ifPresentOrElse(
                live -> coldEntry.letIn(call, route, path, live),
                () -> handler.stranger(call, site)));
  }

  private Optional<LiveToken> open(GatewayExchange call, Route route, Secret cookie) {
    return gateway
        .signIns()
        .find(route.trust(), cookie, caller(call))
        .map(live -> coldEntry.prepared(route, live, call.token()));
  }

  private static SessionOpener.Caller caller(GatewayExchange call) {
    return new SessionOpener.Caller(call.client().getHostAddress(), null);
  }

  private static @Nullable String single(HttpServerExchange exchange, String name, Pattern form) {
    Deque<String> values = exchange.getQueryParameters().get(name);
    return values != null && values.size() == 1 && form.matcher(values.getFirst()).matches()
        ? values.getFirst()
        : null;
  }

  private String console(Site site) {
    return gateway.settings().publicBase() + OwnPaths.LAUNCH + site.route().trust().facts().name();
  }

  private void goTo(GatewayExchange call, String url) {
    call.exchange()
        .getResponseHeaders()
        .put(Headers.LOCATION, url)
        .put(Headers.CACHE_CONTROL, "no-store")
        .put(REFERRER_POLICY, "no-referrer");
    call.exchange().setStatusCode(303);
    gateway.answers().end(call);
  }
}
