package dev.sallyport.login.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.testing.RolledBack;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Sign-ins on their way that nobody finished, in a time before every other test's.
@ExtendWith(RunningServer.Extension.class)
class PreLoginsIT {
  private static final Instant NOW = Instant.parse("2001-06-15T12:00:00Z");

  private final PreLogins logins = new PreLogins();
  private RolledBack database;

  @BeforeEach
  void open(RunningServer server) throws SQLException {
    database = new RolledBack(server);
    logins.sql = database.sql();
    logins.vault = new Vault(new Secret("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    logins.clock = Clock.fixed(NOW, ZoneOffset.UTC);
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private String row(Instant expiresAt) {
    String id = Unique.name("pl-");
    database
        .sql()
        .update(
            """
            insert into pre_login (id, content, address_group, created_at, expires_at)
            values (?, 'x', 'nobody', ?, ?)
            """,
            id,
            NOW,
            expiresAt);
    return id;
  }

  @Test
  void sweepWhenARowIsOverThenGone() {
    String over = row(NOW.minusMillis(1));
    String waiting = row(NOW);

    logins.sweep();

    assertThat(database.count("pre_login where id = ?", over)).isZero();
    assertThat(database.count("pre_login where id = ?", waiting)).isEqualTo(1);
  }

  @Test
  void takeWhenTooOldOrUnknownThenNothingAndTheRowIsGone() {
    String over = row(NOW);

    assertThat(logins.take(over)).isEmpty();
    assertThat(logins.take("pl-unknown")).isEmpty();

    assertThat(database.count("pre_login where id = ?", over)).isZero();
  }

  @Test
  void keepThenTheRowHoldsNothingThatCanBeRead() {
    PreLogin login =
        new PreLogin(
            Unique.name("state"),
            Unique.name("nonce"),
            Unique.name("verifier"),
            "/" + Unique.name("wanted"),
            Unique.name("prv"),
            7,
            8);

    String id = logins.keep(login, "nobody");

    String content = text("content", id);
    String bytes = new String(Base64.getDecoder().decode(content), StandardCharsets.ISO_8859_1);
    for (String secret :
        List.of(
            login.state(), login.nonce(), login.verifier(), login.returnTo(), login.providerId())) {
      assertThat(text("p::text", id)).doesNotContain(secret);
      assertThat(bytes).doesNotContain(secret);
    }
    assertThat(logins.take(id)).contains(login);
  }

  private String text(String column, String id) {
    return database
        .sql()
        .first(
            "select " + column + " as text from pre_login p where id = ?",
            row -> row.text("text"),
            id)
        .orElseThrow();
  }

  @Test
  void waitingWhenSomeAreOverThenTheOthers() {
    String over = row(NOW);
    String waiting = row(NOW.plusSeconds(1));

    assertThat(logins.waiting(List.of(over, waiting, "pl-unknown"))).containsExactly(waiting);
  }
}
