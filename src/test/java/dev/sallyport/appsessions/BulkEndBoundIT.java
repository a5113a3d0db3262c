package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.config.Settings;
import dev.sallyport.testing.RolledBack;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How many blocks the end of a person with very many sign-ins may write. Nothing of it stays.
@ExtendWith(RunningServer.Extension.class)
class BulkEndBoundIT {
  private static final int SIGN_INS = 400;

  private final String issuer = "https://" + Unique.name("idp") + ".example";
  private final SessionStore sessions = new SessionStore();
  private final BlockStore blocks = new BlockStore();
  private final BulkEnd bulk = new BulkEnd();
  private RolledBack database;

  @BeforeEach
  void open(RunningServer server) throws SQLException {
    database = new RolledBack(server);
    sessions.sql = database.sql();
    blocks.sql = database.sql();
    bulk.sessions = sessions;
    bulk.list = new SessionList();
    bulk.list.sql = database.sql();
    bulk.ending = ending();
    fill();
  }

  private SessionEnding ending() {
    SessionEnding ending = new SessionEnding();
    ending.sql = database.sql();
    ending.sessions = sessions;
    ending.blocks = blocks;
    ending.settings = Settings.read(Map.of("SALLYPORT_MASTER_KEY", "k"));
    ending.changes =
        new Changes() {
          @Override
          public void tell(Change.Kind kind, Collection<String> refs) {}
        };
    return ending;
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  /// One person with many sign-ins, a session of each, spread over 200 apps.
  private void fill() {
    database
        .sql()
        .update(
            """
            insert into app_session (id, app_id, app_name, config_id, config_name, issuer, subject,
              username, client, sid, address, basis_at, started_at, absolute_end, idle_seconds,
              expires_at, last_seen_at, look_at)
            select 'aas_' || md5(? || i), ? || i % 200, 'x', 'x', 'x', ?, 'u-1', 'ann', 'agent',
              'sid-' || i, '192.0.2.1', now(), now(), now() + interval '1 hour', 3600,
              now() + interval '1 hour', now(), now() + interval '1 hour'
            from generate_series(1, ?) i
            """,
            issuer, app(""), issuer, SIGN_INS);
  }

  private String app(Object number) {
    return issuer + "/" + number;
  }

  private Set<String> apps(int count) {
    return IntStream.range(0, count).mapToObj(this::app).collect(Collectors.toSet());
  }

  private int end(@Nullable Set<String> reach) {
    var person = new SessionFilter(null, null, null, issuer, "u-1", null, SessionFilter.State.LIVE);
    SessionFilter filter = reach == null ? person : person.within(reach);
    return bulk.end(filter, new BulkEnd.Seen(null, null), "ann");
  }

  private long blocks() {
    return database.count("block where issuer = ?", issuer);
  }

  private long live() {
    return database.count("app_session where issuer = ? and ended_at is null", issuer);
  }

  @Test
  void endWhenSignInsAtAppsAreTooManyThenRefusedBeforeAnythingIsDone() {
    assertThatThrownBy(() -> end(apps(200)))
        .hasMessageContaining("400 sign-ins at 200 apps")
        .hasMessageContaining("app by app");

    assertThat(blocks()).isZero();
    assertThat(live()).isEqualTo(SIGN_INS);
  }

  @Test
  void endWhenWithinTheBoundThenEverySignInIsKeptOutOfEveryApp() {
    assertThat(end(apps(20))).isEqualTo(40);

    // The person at 20 apps, 40 sign-ins at each, and each session by itself.
    assertThat(blocks()).isEqualTo(20 + 40 * 20 + 40);
    assertThat(live()).isEqualTo(SIGN_INS - 40);
  }

  @Test
  void endWhenOfAllAppsThenOneBlockForEachSignInHoweverMany() {
    assertThat(end(null)).isEqualTo(SIGN_INS);

    assertThat(blocks()).isEqualTo(1 + SIGN_INS + SIGN_INS);
    assertThat(live()).isZero();
  }
}
