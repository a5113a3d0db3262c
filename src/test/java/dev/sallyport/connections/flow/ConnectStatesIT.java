package dev.sallyport.connections.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.connections.flow.ConnectState.Target;
import dev.sallyport.connections.flow.ConnectState.Trip;
import dev.sallyport.connections.grants.Person;
import dev.sallyport.consolesessions.Trips;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.testing.MutableClock;
import dev.sallyport.testing.RolledBack;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What is kept of people who are at an authorization server: not too much, not too long, and given
/// out once.
@ExtendWith(RunningServer.Extension.class)
class ConnectStatesIT {
  private static final int MOST_OF_A_PERSON = 10;
  private static final int MOST = 10_000;

  private final MutableClock clock = new MutableClock(Instant.parse("2100-01-01T00:00:00Z"));
  private final ConnectStates states = new ConnectStates();
  private RolledBack database;

  @BeforeEach
  void open(RunningServer server) throws SQLException {
    database = new RolledBack(server);
    states.sql = database.sql();
    states.clock = clock;
    states.vault = new Vault(new Secret(Base64.getEncoder().encodeToString(new byte[32])));
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private String keep(String subject) {
    clock.forward(Duration.ofMillis(1));
    Target target = new Target(new Person("https://idp.example", subject), "x", "app_1", "a", "s");
    var trip = new Trip(target, null, "https://as.example", "ocl_1", "r", List.of(), false, null);
    return states.keep(new ConnectState("hash", "verifier", trip));
  }

  @Test
  void takeThenOnce() {
    String id = keep(Unique.name("person"));
    assertThat(states.take(id)).map(ConnectState::verifier).contains("verifier");
    assertThat(states.take(id)).isEmpty();
  }

  @Test
  void takeWhenTenMinutesAreOverThenNothing() {
    String id = keep(Unique.name("person"));
    clock.forward(Trips.LIFETIME);
    assertThat(states.take(id)).isEmpty();
  }

  @Test
  void keepWhenOnePersonHasTooManyThenTheirOldestGoes() {
    String other = keep(Unique.name("person"));
    String subject = Unique.name("person");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i <= MOST_OF_A_PERSON; i++) {
      ids.add(keep(subject));
    }
    assertThat(states.waiting(ids)).isEqualTo(ids.subList(1, ids.size()));
    assertThat(states.take(other)).isPresent();
  }

  @Test
  void keepWhenThereAreTooManyInAllThenTheOldestGoes() {
    String first = keep(Unique.name("person"));
    database
        .sql()
        .update(
            """
            insert into connect_state (id, content, issuer, subject, created_at, expires_at)
            select 'cs-' || n, '', 'i', 's' || n, ?, ? from generate_series(1, ?) n
            """,
            clock.instant().plusMillis(1),
            clock.instant().plusSeconds(60),
            MOST);
    clock.forward(Duration.ofMillis(1));
    keep(Unique.name("person"));

    assertThat(database.count("connect_state")).isEqualTo(MOST);
    assertThat(states.take(first)).isEmpty();
  }

  @Test
  void contentThenNotReadable() {
    keep(Unique.name("person"));
    assertThat(database.count("connect_state where content like '%verifier%'")).isZero();
  }
}
