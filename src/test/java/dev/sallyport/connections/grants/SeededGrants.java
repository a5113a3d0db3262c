package dev.sallyport.connections.grants;

import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.persistence.TestTransactions;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TokenServer;
import dev.sallyport.testing.TokenServer.Answer;
import dev.sallyport.testing.TokenServer.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Grants in the running server's vault, as a sign-in would have left them, at an authorization
/// server of the test that tells of itself, rotates refresh tokens and revokes.
public final class SeededGrants implements AutoCloseable {
  private final TestTransactions transactions;
  private final GrantWriter writer = new GrantWriter();
  private final TokenServer server;
  private final String client;
  private final AtomicInteger number = new AtomicInteger();
  private Function<Asked, Answer> tokenEndpoint =
      asked -> GrantFixture.rotated(number.incrementAndGet());

  /// Whose grant, for which app, and how long its access token lasts.
  public record Seed(
      Person person, String username, String appId, @Nullable String session, Duration lifetime) {
    /// One that all of the person's sessions may use, good for an hour.
    public static Seed of(Person person, String username, String appId) {
      return new Seed(person, username, appId, null, Duration.ofHours(1));
    }

    public Seed ofSession(String id) {
      return new Seed(person, username, appId, id, lifetime);
    }
  }

  public SeededGrants(RunningServer running) {
    transactions = new TestTransactions(running);
    server = TokenServer.start(this::answer);
    writer.sql = transactions.sql();
    writer.vault = new Vault(new Secret(masterKey(running)));
    writer.store = new GrantStore();
    writer.store.sql = writer.sql;
    writer.store.vault = writer.vault;
    Rest.Answer made =
        Rest.admin(running)
            .post(
                "connections/clients",
                Map.of("issuer", issuer(), "clientId", "gateway", "clientSecret", "s3cret"));
    if (made.status() != 201) {
      throw new IllegalStateException(made.text());
    }
    client = made.at("/id");
  }

  private static String masterKey(RunningServer running) {
    try {
      return Files.readString(running.dataFolder().resolve("secrets/master-key")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The authorization server.
  public String issuer() {
    return server.url();
  }

  /// The id of our client there.
  public String client() {
    return client;
  }

  /// From now on its token endpoint answers like this.
  public void tokenEndpoint(Answer answer) {
    tokenEndpoint = asked -> answer;
  }

  /// What it was asked at this path.
  public List<Asked> asked(String path) {
    return server.asked().stream().filter(asked -> asked.path().equals(path)).toList();
  }

  private Answer answer(Asked asked) {
    return switch (asked.path()) {
      case "/.well-known/oauth-authorization-server" -> new Answer(200, metadata());
      case "/token" -> tokenEndpoint.apply(asked);
      case "/revoke" -> new Answer(200, "");
      default -> new Answer(404, "");
    };
  }

  private String metadata() {
    return """
    {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",\
    "revocation_endpoint":"%1$s/revoke","response_types_supported":["code"],\
    "code_challenge_methods_supported":["S256"]}"""
        .formatted(issuer());
  }

  /// Keeps a grant and answers its id.
  public String keep(Seed seed) {
    GrantKey key =
        new GrantKey(
            seed.person(), issuer(), "gateway", "https://wiki.example/mcp", seed.session());
    Tokens tokens =
        new Tokens(
            new Secret("a0"), new Secret("r0"), new Secret("i0"), seed.lifetime(), Set.of("read"));
    NewGrant grant =
        new NewGrant(key, client, seed.appId(), seed.username(), Set.of("read"), tokens);
    return transactions.requiresNew(() -> writer.keep(grant, Instant.now()));
  }

  /// That the person lets this agent's client read; answers the consent's id.
  public String consent(Person person, String agent, String appId) {
    String id = "cns_" + dev.sallyport.testing.Unique.name("test");
    writer.sql.update(
        """
        insert into connection_consent (id, issuer, subject, agent_client, app_id, scopes, at)
        values (?, ?, ?, ?, ?, '{read}', now())
        """,
        id,
        person.issuer(),
        person.subject(),
        agent,
        appId);
    return id;
  }

  /// Notes that the grant serves another app, too.
  public void serve(String grant, String appId) {
    writer.serve(grant, appId);
  }

  /// What a column of the grant holds.
  public @Nullable String column(String grant, String name) {
    return writer
        .sql
        .query(
            "select " + name + "::text as x from connection_grant where id = ?",
            row -> row.textOrNull("x"),
            grant)
        .getFirst();
  }

  @Override
  public void close() {
    server.close();
  }
}
