package dev.sallyport.testing.idp;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.loopback.JsonReply;
import dev.sallyport.testing.loopback.LoopbackServer;
import io.undertow.Handlers;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.form.EagerFormParsingHandler;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// An identity provider for the demo and for tests.
public final class DemoIssuer implements AutoCloseable {
  /// The `aud` of an access token that was asked for without a resource.
  public static final String AUDIENCE = "sallyport-demo";

  /// The public clients that may ask for tokens by password.
  public static final List<String> CLIENTS = List.of("sallyport-cli", "demo-agent");

  private final LoopbackServer server;
  private final People people;
  private final Clients clients = new Clients();
  private final Sessions sessions = new Sessions();
  private final IssuerKeys keys = new IssuerKeys();
  private final JwksEndpoint jwks = new JwksEndpoint(keys);
  private final Secret operatorToken =
      new Secret(UUID.randomUUID().toString() + UUID.randomUUID().toString());
  private final Codes codes;
  private final Tokens tokens;
  private final BackChannel backChannel;

  private DemoIssuer(int port, List<DemoUser> users, Clock clock) {
    people = new People(users);
    CLIENTS.forEach(id -> clients.register(IdpClient.agent(id)));
    codes = new Codes(clock);
    server = LoopbackServer.open(port);
    tokens = new Tokens(server.baseUrl(), keys, clock);
    backChannel = new BackChannel(clients, tokens);
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

  public String authorizationEndpoint() {
    return issuer() + "/authorize";
  }

  /// What changes people and ends sessions over HTTP takes this as its bearer.
  public Secret operatorToken() {
    return operatorToken;
  }

  /// Those that it was started with.
  public List<DemoUser> users() {
    return people.first();
  }

  public DemoUser user(String name) {
    return people.find(name).orElseThrow();
  }

  /// Adds a person, or changes the one of that name.
  public void putUser(DemoUser user) {
    people.put(user);
  }

  /// Adds a client, or changes the one with that id.
  public void register(IdpClient client) {
    clients.register(client);
  }

  /// Ends a person's sessions, or the one with that `sid`, and tells every client; answers what
  /// each said.
  public Map<String, Integer> endSessions(DemoUser user, Optional<String> sid) {
    sid.ifPresentOrElse(sessions::end, () -> sessions.endAllOf(user.name()));
    return backChannel.tell(user.subject(), sid);
  }

  /// A token that nothing is wrong with.
  public String token(DemoUser user) {
    return tokenFor(user).sign();
  }

  /// The same token before signing, for tests that break it.
  public TokenBuilder tokenFor(DemoUser user) {
    return tokens.access(user, sessions.open(user.name(), CLIENTS.getFirst(), tokens.now()));
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

  People people() {
    return people;
  }

  Clients clients() {
    return clients;
  }

  Sessions sessions() {
    return sessions;
  }

  Codes codes() {
    return codes;
  }

  Tokens tokens() {
    return tokens;
  }

  @Override
  public void close() {
    server.close();
    backChannel.close();
  }

  private HttpHandler routes() {
    HttpHandler metadata = exchange -> JsonReply.ok(Discovery.of(this)).send(exchange);
    HttpHandler authorize = new EagerFormParsingHandler(new AuthorizationEndpoint(this));
    HttpHandler userInfo = new UserInfoEndpoint(this);
    HttpHandler logout = blocking(new LogoutEndpoint(this, backChannel));
    HttpHandler operator = blocking(new OperatorEndpoint(this));
    return Handlers.routing()
        .get("/.well-known/openid-configuration", metadata)
        .get("/.well-known/oauth-authorization-server", metadata)
        .get("/jwks", jwks)
        .get("/authorize", authorize)
        .post("/authorize", authorize)
        .post("/token", new EagerFormParsingHandler(new TokenEndpoint(this)))
        .get("/userinfo", userInfo)
        .post("/userinfo", userInfo)
        .get("/logout", logout)
        .post("/logout", logout)
        .post("/sessions/end", operator)
        .post("/users", operator)
        .post("/rotate", operator);
  }

  // These call others, and no I/O thread may wait for that.
  private static HttpHandler blocking(HttpHandler next) {
    return new EagerFormParsingHandler(new BlockingHandler(next));
  }
}
