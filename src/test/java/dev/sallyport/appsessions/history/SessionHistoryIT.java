package dev.sallyport.appsessions.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Which sessions move and which months go, in a time long before every other test's. Nothing of it
/// stays.
@ExtendWith(RunningServer.Extension.class)
class SessionHistoryIT {
  private static final Instant NOW = Instant.parse("2001-06-15T12:00:00Z");
  private HistoryDatabase database;

  @BeforeEach
  void open(RunningServer server) throws SQLException {
    database = new HistoryDatabase(server, NOW);
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private String session(@Nullable Instant endedAt) {
    String id = Unique.name("aas");
    database.sql.update(
        """
        insert into app_session (id, app_id, app_name, config_id, config_name, issuer, subject,
          username, sid, address, basis_at, started_at, absolute_end, idle_seconds, expires_at,
          last_seen_at, calls, ended_at, ended_reason, ended_by)
        values (?, 'app', 'app', 'cfg', 'cfg', 'https://idp', ?, 'ann', 'sid', '127.0.0.1', ?, ?, ?,
          60, ?, ?, 7, ?, 'idle', 'system')
        """,
        id,
        id,
        NOW,
        NOW,
        NOW,
        NOW,
        NOW,
        endedAt);
    return id;
  }

  private List<String> in(String table) {
    return database.sql.query(
        "select id from " + table + " where started_at = ? order by ended_at",
        row -> row.text("id"),
        NOW);
  }

  private String month(String id) {
    return database
        .sql
        .first(
            "select tableoid::regclass::text as t from app_session_ended where id = ?",
            row -> row.text("t"),
            id)
        .orElseThrow();
  }

  private static Instant before(Duration age) {
    return NOW.minus(age);
  }

  @Test
  void moveWhenOverForAnHourThenInItsMonth() {
    String old = session(Instant.parse("2001-05-31T23:59:59Z"));
    String newer = session(Instant.parse("2001-06-01T00:00:00Z"));

    assertThat(database.history.move(10)).isEqualTo(2);

    assertThat(in("app_session")).isEmpty();
    assertThat(in("app_session_ended")).containsExactly(old, newer);
    assertThat(month(old)).isEqualTo("app_session_ended_y2001m05");
    assertThat(month(newer)).isEqualTo("app_session_ended_y2001m06");
    assertThat(
            database.sql.query(
                "select calls from app_session_ended where id = ?",
                row -> row.number("calls"),
                old))
        .containsExactly(7L);
  }

  @Test
  void moveWhenLiveOrJustOverThenStays() {
    session(null);
    session(before(Duration.ofMinutes(59)));

    assertThat(database.history.move(10)).isZero();

    assertThat(in("app_session")).hasSize(2);
  }

  @Test
  void moveWhenATokenIsKeptThenStays() {
    String id = session(before(Duration.ofHours(2)));
    database.sql.update(
        """
        insert into app_session_token (hash, session_id, app_id, expires_at, attached_at)
        values (decode(md5(?), 'hex'), ?, 'app', ?, ?)
        """,
        id,
        id,
        NOW,
        NOW);

    assertThat(database.history.move(10)).isZero();
    assertThat(in("app_session")).containsExactly(id);
  }

  @Test
  void moveWhenMoreThanTheLimitAreOverThenTheOldestFirst() {
    String newer = session(before(Duration.ofHours(2)));
    String older = session(before(Duration.ofHours(3)));

    assertThat(database.history.move(1)).isEqualTo(1);
    assertThat(in("app_session_ended")).containsExactly(older);
    assertThat(database.history.move(1)).isEqualTo(1);
    assertThat(in("app_session_ended")).containsExactly(older, newer);
  }

  @Test
  void dropWhenAMonthIsOlderThanTheSettingThenGoneWithItsSessions() {
    session(Instant.parse("2001-03-31T12:00:00Z"));
    String kept = session(Instant.parse("2001-04-30T12:00:00Z"));
    database.history.move(10);

    assertThat(database.history.dropOne()).isTrue();

    // Sixty days before the fifteenth of June lie in April, which is not over by then.
    assertThat(in("app_session_ended")).containsExactly(kept);
    assertThat(database.history.dropOne()).isFalse();
    assertThat(database.audited)
        .containsExactly(
            AuditEntry.success(AuditEventName.SESSION_HISTORY_DROPPED)
                .with("partition", "app_session_ended_y2001m03")
                .with("count", 1));
  }

  @Test
  void tablesHaveTheSameColumns() {
    assertThat(columns("app_session_ended")).isEqualTo(columns("app_session")).isNotEmpty();
  }

  private List<String> columns(String table) {
    return database.sql.query(
        """
        select column_name || ' ' || data_type as text from information_schema.columns
        where table_name = ? order by ordinal_position
        """,
        row -> row.text("text"),
        table);
  }
}
