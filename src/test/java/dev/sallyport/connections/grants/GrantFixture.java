package dev.sallyport.connections.grants;

import dev.sallyport.connections.clients.ClientKind;
import dev.sallyport.connections.clients.OAuthClient;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.crypto.Secret;
import dev.sallyport.persistence.Sql;
import dev.sallyport.persistence.TestTransactions;
import dev.sallyport.testing.MutableClock;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TokenServer;
import dev.sallyport.testing.TokenServer.Answer;
import dev.sallyport.testing.TokenServer.Asked;
import dev.sallyport.testing.Unique;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One person's grant at an authorization server that answers by a script, in the running server's
/// database. The clock stands far ahead, so that the server's own timers leave the rows alone.
final class GrantFixture implements AutoCloseable {
  static final String RESOURCE = "https://wiki.example/mcp";

  final MutableClock clock = new MutableClock(Instant.parse("2035-01-01T12:00:00Z"));
  final TokenServer server;
  final GrantKey key;
  final Sql sql;
  private final TestTransactions transactions;
  private final GrantNode.World world;

  GrantFixture(RunningServer running, ClientKind kind, Function<Asked, Answer> script) {
    transactions = new TestTransactions(running);
    sql = transactions.sql();
    server = TokenServer.start(script);
    String issuer = server.url();
    world =
        new GrantNode.World(
            new AuthorizationServer(
                issuer,
                URI.create(issuer + "/authorize"),
                URI.create(issuer + "/token"),
                null,
                URI.create(issuer + "/revoke"),
                Set.of(),
                Set.of(),
                true,
                false),
            new OAuthClient(
                Unique.name("client"),
                issuer,
                kind,
                "gateway",
                new Secret("s3cret"),
                "basic",
                "https://gate.example/oauth/connect/callback"));
    Person person = new Person("https://idp.example", Unique.name("sub"));
    key = new GrantKey(person, issuer, "gateway", RESOURCE, null);
  }

  GrantFixture(RunningServer running, Function<Asked, Answer> script) {
    this(running, ClientKind.PRE_REGISTERED, script);
  }

  /// Answers each refresh with tokens of the next number that last an hour.
  static Answer rotated(int number) {
    return new Answer(
        200,
        """
        {"access_token":"a%d","token_type":"Bearer","expires_in":3600,"refresh_token":"r%d"}"""
            .formatted(number, number));
  }

  GrantNode node() {
    return new GrantNode(transactions, clock, world);
  }

  /// One that has these master keys.
  GrantNode node(String masterKeys) {
    return new GrantNode(transactions, clock, world, masterKeys);
  }

  /// Keeps the tokens `a0` and `r0`, good for an hour.
  String keep(GrantNode node) {
    return keep(
        node,
        new Tokens(
            new Secret("a0"), new Secret("r0"), new Secret("i0"), Duration.ofHours(1), null));
  }

  String keep(GrantNode node, Tokens tokens) {
    return node.inTransaction(
        () ->
            dev.sallyport.authz.CallContext.system().call(() -> node.grants.store(grant(tokens))));
  }

  NewGrant grant(Tokens tokens) {
    return new NewGrant(key, world.client().id(), app(), "ada", Set.of("read", "write"), tokens);
  }

  private @Nullable String app;

  String app() {
    if (app == null) {
      app = sql.first("select id from app limit 1", row -> row.text("id")).orElseThrow();
    }
    return app;
  }

  /// Goes on to where the access token has just ended.
  void expire() {
    clock.forward(Duration.ofHours(1));
  }

  /// Goes on to where it is time for a new one.
  void comeDue() {
    clock.forward(Duration.ofMinutes(56));
  }

  /// One column of the person's newest grant.
  @Nullable String column(String name) {
    return sql.query(
            "select "
                + name
                + " as x from connection_grant where subject = ?"
                + " order by connected_at desc",
            row -> row.textOrNull("x"),
            key.person().subject())
        .getFirst();
  }

  long refreshes() {
    return server.asked().stream().filter(asked -> asked.path().equals("/token")).count();
  }

  Map<String, String> lastForm() {
    return server.asked().getLast().form();
  }

  @Override
  public void close() {
    sql.update("delete from connection_grant where subject = ?", key.person().subject());
    sql.update("delete from connection_consent where subject = ?", key.person().subject());
    server.close();
  }
}
