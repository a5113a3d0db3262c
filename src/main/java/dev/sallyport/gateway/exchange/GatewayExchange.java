package dev.sallyport.gateway.exchange;

import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.gateway.routes.Site;
import dev.sallyport.http.ClientAddress;
import dev.sallyport.logging.LogFields;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// One call at the gateway, from its first byte to its end.
public final class GatewayExchange {
  private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
  private static final HttpString EXPOSE = new HttpString("Access-Control-Expose-Headers");

  private final HttpServerExchange exchange;
  private final InetAddress client;
  private final @Nullable String corsOrigin;
  private final @Nullable Site site;
  private final boolean isQuestion;
  private @Nullable Route route;
  private @Nullable LiveToken token;
  private @Nullable String requestId;
  private @Nullable KeptRequest kept;
  private boolean repeated;

  public GatewayExchange(
      HttpServerExchange exchange, InetAddress client, @Nullable String corsOrigin) {
    this(exchange, client, corsOrigin, null, false);
  }

  /// A call at an app's own host.
  public GatewayExchange(
      HttpServerExchange exchange,
      InetAddress client,
      @Nullable String corsOrigin,
      @Nullable Site site) {
    this(exchange, client, corsOrigin, site, false);
  }

  private GatewayExchange(
      HttpServerExchange exchange,
      InetAddress client,
      @Nullable String corsOrigin,
      @Nullable Site site,
      boolean isQuestion) {
    this.exchange = exchange;
    this.client = client;
    this.corsOrigin = corsOrigin;
    this.site = site;
    this.isQuestion = isQuestion;
  }

  /// The same for the page of an allowed origin, which may read the answer.
  public GatewayExchange ofOrigin(String origin) {
    GatewayExchange same = new GatewayExchange(exchange, client, origin, site, isQuestion);
    same.route = route;
    return same;
  }

  /// What a proxy asks about a request that it holds, and that came to the app's own host.
  public static GatewayExchange question(
      HttpServerExchange exchange, InetAddress client, Site site) {
    return new GatewayExchange(exchange, client, null, site, true);
  }

  /// Whether an answer is all that is wanted, and nothing goes upstream from here.
  public boolean isQuestion() {
    return isQuestion;
  }

  /// The app's own host, if it came there.
  public @Nullable Site site() {
    return site;
  }

  /// It goes to this app.
  public void to(Route app) {
    route = app;
  }

  /// The id of the app it goes to; empty while there is none.
  public String appId() {
    Route app = app();
    return app == null ? "" : app.trust().facts().id();
  }

  private @Nullable Route app() {
    return site == null ? route : site.route();
  }

  /// This token has let it in.
  public void enteredBy(LiveToken admitted) {
    token = admitted;
  }

  /// What the lines about it carry. Read where one is written: calls that succeed write none.
  public LogFields logFields() {
    Route app = app();
    LogFields known =
        token != null
            ? token.logFields()
            : LogFields.NONE.with(LogFields.APP, app == null ? null : app.trust().facts().name());
    return known.with(LogFields.REQUEST, requestId());
  }

  public HttpServerExchange exchange() {
    return exchange;
  }

  /// The token of a call that is in; empty when a cookie let it in.
  public Secret token() {
    var headers = exchange.getRequestHeaders().get(Headers.AUTHORIZATION);
    return BearerToken.of(headers) instanceof BearerToken.Present(String token)
        ? new Secret(token)
        : new Secret("");
  }

  public InetAddress client() {
    return client;
  }

  /// Whom limits count it for.
  public String group() {
    return ClientAddress.group(client);
  }

  /// Whether it asks for a WebSocket, which an app on its own host may serve.
  public boolean upgrades() {
    HeaderValues offers = exchange.getRequestHeaders().get(Headers.UPGRADE);
    return site != null
        && !isQuestion
        && offers != null
        && offers.size() == 1
        && offers.getFirst().equalsIgnoreCase("websocket");
  }

  /// What was kept of the request, for apps whose people connect their own accounts.
  public @Nullable KeptRequest kept() {
    return kept;
  }

  /// Keeps it until the call is answered, or over.
  public void keep(KeptRequest request) {
    forget();
    kept = request;
    exchange.addExchangeCompleteListener(
        (ended, following) -> {
          forget();
          following.proceed();
        });
  }

  /// Nothing will be sent again: a stream must not hold what once was asked.
  public void forget() {
    KeptRequest request = kept;
    kept = null;
    if (request != null && request.body() != null) {
      BodyReader.forget(request.body());
    }
  }

  /// Whether it is about to be sent for the first time again; true once.
  public boolean repeat() {
    boolean isFirst = !repeated;
    repeated = true;
    return isFirst;
  }

  /// Made when it is first needed: a warm call that succeeds has none.
  public String requestId() {
    String id = requestId;
    if (id == null) {
      id = RandomTokens.id("req_");
      requestId = id;
    }
    return id;
  }

  /// Lets the page of an allowed origin read the answer.
  public void cors() {
    if (corsOrigin != null) {
      HeaderMap headers = exchange.getResponseHeaders();
      headers.put(ALLOW_ORIGIN, corsOrigin);
      headers.put(EXPOSE, "Mcp-Session-Id, WWW-Authenticate");
      headers.add(Headers.VARY, "Origin");
    }
  }
}
