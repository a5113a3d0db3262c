package dev.sallyport.testing.demo;

import io.undertow.Handlers;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.form.EagerFormParsingHandler;
import io.undertow.util.Headers;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// An identity provider for the demo and for tests: discovery, keys and the password grant over
/// HTTP, and any right or wrong token straight from Java.
public final class DemoIssuer implements AutoCloseable {
  /// The `aud` of a token that was asked for without a resource.
  public static final String AUDIENCE = "sallyport-demo";

  /// The public clients that may ask for tokens.
  public static final List<String> CLIENTS = List.of("sallyport-cli", "demo-agent");

  static final Duration TOKEN_LIFETIME = Duration.ofHours(1);
  static final String DEFAULT_SCOPE = "openid profile email";

  private final LoopbackServer server;
  private final List<DemoUser> users;
  private final Clock clock;
  private final IssuerKeys keys = new IssuerKeys();
  private final JwksEndpoint jwks = new JwksEndpoint(keys);

  private DemoIssuer(int port, List<DemoUser> users, Clock clock) {
    this.users = List.copyOf(users);
    this.clock = clock;
    server = LoopbackServer.open(port);
    server.serve(routes());
  }

  /// Starts on 127.0.0.1; port 0 takes a free one.
  public static DemoIssuer start(int port, List<DemoUser> users) {
    return start(port, users, Clock.systemUTC());
  }

  public static DemoIssuer start(int port, List<DemoUser> users, Clock clock) {
    return new DemoIssuer(port, users, clock);
  }

  /// The `iss` of its tokens, and its base URL.
  public String issuer() {
    return server.baseUrl();
  }

  public int port() {
    return server.port();
  }

  public String jwksUri() {
    return issuer() + "/jwks";
  }

  public String tokenEndpoint() {
    return issuer() + "/token";
  }

  public List<DemoUser> users() {
    return users;
  }

  public DemoUser user(String name) {
    return users.stream().filter(user -> user.name().equals(name)).findFirst().orElseThrow();
  }

  /// A token that nothing is wrong with.
  public String token(DemoUser user) {
    return tokenFor(user).sign();
  }

  /// The same token before signing, for tests that break it.
  public TokenBuilder tokenFor(DemoUser user) {
    return new TokenBuilder(keys.current(), claims(user)).issuedAt(clock.instant(), TOKEN_LIFETIME);
  }

  /// Publishes a new key that signs from now on; the old ones stay published. Returns its `kid`.
  public String rotateKey() {
    return keys.rotate().getKeyID();
  }

  /// Publishes the signing key alone.
  public void dropOldKeys() {
    keys.dropOld();
  }

  /// The published keys as a JSON document, for configs with static keys.
  public String jwksJson() {
    return keys.publicKeys().toString();
  }

  /// How often the keys were fetched, failures included.
  public int jwksRequests() {
    return jwks.requests();
  }

  /// From now on the keys are answered like this.
  public void jwksBehaviour(JwksBehaviour behaviour) {
    jwks.behave(behaviour);
  }

  @Override
  public void close() {
    server.close();
  }

  private HttpHandler routes() {
    HttpHandler metadata = exchange -> JsonReply.ok(metadata()).send(exchange);
    return Handlers.routing()
        .get("/.well-known/openid-configuration", metadata)
        .get("/.well-known/oauth-authorization-server", metadata)
        .get("/jwks", jwks)
        .post("/token", new EagerFormParsingHandler(new TokenEndpoint(this)))
        .post("/rotate", this::rotateOverHttp);
  }

  private void rotateOverHttp(HttpServerExchange exchange) {
    // No page that a browser shows may rotate the demo's key.
    if (exchange.getRequestHeaders().contains(Headers.ORIGIN)) {
      new JsonReply(403, Map.of("error", "access_denied")).send(exchange);
    } else {
      JsonReply.ok(Map.of("kid", rotateKey())).send(exchange);
    }
  }

  // RFC 8414 section 2 and OpenID Connect Discovery 1.0 section 3. There is no authorization
  // endpoint: the one grant is the password grant.
  private Map<String, Object> metadata() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("issuer", issuer());
    metadata.put("jwks_uri", jwksUri());
    metadata.put("token_endpoint", tokenEndpoint());
    metadata.put("grant_types_supported", List.of("password"));
    metadata.put("response_types_supported", List.of());
    metadata.put("subject_types_supported", List.of("public"));
    metadata.put("id_token_signing_alg_values_supported", List.of("RS256"));
    metadata.put("token_endpoint_auth_methods_supported", List.of("none"));
    metadata.put("code_challenge_methods_supported", List.of("S256"));
    metadata.put("scopes_supported", List.of(DEFAULT_SCOPE.split(" ")));
    return metadata;
  }

  private Map<String, Object> claims(DemoUser user) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer());
    claims.put("sub", user.subject());
    claims.put("aud", AUDIENCE);
    claims.put("azp", CLIENTS.getFirst());
    claims.put("client_id", CLIENTS.getFirst());
    claims.put("preferred_username", user.name());
    claims.put("email", user.email());
    claims.put("email_verified", true);
    claims.put("groups", user.groups());
    claims.put("scope", DEFAULT_SCOPE);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("sid", UUID.randomUUID().toString());
    claims.put("auth_time", clock.instant().getEpochSecond());
    return claims;
  }
}
