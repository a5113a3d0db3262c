package dev.sallyport.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Secret;
import dev.sallyport.jose.JwtSigner;
import dev.sallyport.testing.OwnDatabase;
import dev.sallyport.testing.RolledBack;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The audit's months: made ahead, filled from the default partition, dropped when old and signed.
/// In a database of its own, because it locks the whole table.
@ExtendWith(RunningServer.Extension.class)
class AuditMonthsIT {
  private static final String MASTER_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private static OwnDatabase own;

  private final Partitions partitions = new Partitions();
  // The months of this test lie ahead of the database's time.
  private final Retention retention =
      new Retention() {
        @Override
        Instant today() {
          return clock.instant();
        }
      };
  private final List<AuditEntry> audited = new ArrayList<>();
  private final Settings settings = Settings.read(Map.of("SALLYPORT_MASTER_KEY", MASTER_KEY));
  private RolledBack database;
  private Instant end;

  @BeforeAll
  static void make(RunningServer server) throws Exception {
    own = new OwnDatabase(server);
  }

  @AfterAll
  static void drop() throws SQLException {
    own.close();
  }

  @BeforeEach
  void open() throws SQLException {
    database = own.begin();
    database.sql().update("insert into audit_keep (age) values (interval '-100 years')");
    end = newestEnd();
    partitions.sql = database.sql();
    retention.sql = database.sql();
    retention.settings = settings;
    retention.chain = new ChainStore();
    retention.chain.sql = database.sql();
    retention.audit =
        new AuditLog() {
          @Override
          public void record(AuditEntry entry) {
            audited.add(entry);
          }
        };
    at(end);
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private Instant newestEnd() {
    return database
        .sql()
        .first("select max(upper) as upper from audit_partition", row -> row.instant("upper"))
        .orElseThrow();
  }

  private void at(Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    partitions.clock = clock;
    retention.clock = clock;
    var statements = new Statements();
    statements.sql = database.sql();
    statements.clock = clock;
    statements.settings = settings;
    Secret key = JwtSigner.newKey();
    statements.keys = () -> key;
    var sealing = new Sealing();
    sealing.sql = database.sql();
    sealing.clock = clock;
    retention.checkpoints = new Checkpoints();
    retention.checkpoints.sql = database.sql();
    retention.checkpoints.clock = clock;
    retention.checkpoints.sealing = sealing;
    retention.checkpoints.statements = statements;
  }

  private String row(Instant at) {
    String id = Unique.name("aud");
    database
        .sql()
        .update(
            """
            insert into audit_event (id, at, category, event, actor_kind, actor_id, actor_name,
              outcome, app_id)
            values (?, ?, 'auth', 'test', 'system', 'system', 'system', 'success', 'app_1')
            """,
            id,
            at);
    return id;
  }

  private record Place(String table, long seq, String xid, String app) {}

  private Place place(String id) {
    return database
        .sql()
        .first(
            "select tableoid::regclass::text as t, seq, xid::text as x, app_id from audit_event"
                + " where id = ?",
            row -> new Place(row.text("t"), row.number("seq"), row.text("x"), row.text("app_id")),
            id)
        .orElseThrow();
  }

  private static String month(Instant time) {
    var utc = time.atOffset(ZoneOffset.UTC);
    return "audit_event_y%dm%02d".formatted(utc.getYear(), utc.getMonthValue());
  }

  @Test
  void extendWhenRowsCameIntoTheDefaultOneThenTheyMoveUnchanged() {
    Instant first = end.plus(Duration.ofDays(10));
    String early = row(first);
    String late = row(end.plus(Duration.ofDays(40)));
    Place before = place(early);
    assertThat(before.table()).isEqualTo("audit_event_default");

    partitions.extend();

    assertThat(place(early))
        .isEqualTo(new Place(month(first), before.seq(), before.xid(), before.app()));
    assertThat(place(late).table()).isEqualTo(month(end.plus(Duration.ofDays(40))));
    assertThat(database.count("audit_event_default")).isZero();
  }

  @Test
  void extendThenMonthsReachTwoMonthsAheadWithoutAGap() {
    partitions.extend();

    assertThat(newestEnd()).isAfterOrEqualTo(end.plus(Duration.ofDays(62)));
    assertThat(
            database.count(
                """
                audit_partition p where p.lower is not null
                  and not exists (select 1 from audit_partition q where q.upper = p.lower)
                """))
        .isZero();
    Instant made = newestEnd();
    partitions.extend();
    assertThat(newestEnd()).isEqualTo(made);
  }

  /// A month with one row, which is the oldest of all.
  private String oldestMonth() {
    partitions.extend();
    Instant inside = end.plus(Duration.ofDays(10));
    String name = month(inside);
    database
        .sql()
        .update(
            "update audit_partition set upper = upper + interval '1000 years' where name <> ?",
            name);
    return row(inside);
  }

  private void seal(String id) {
    long position = retention.checkpoints.sealing.head().position() + 1;
    database
        .sql()
        .update(
            """
            insert into audit_seal_row (position, seq, id, at, leaf, hash)
            select ?, seq, id, at, sha256('leaf'), sha256('hash') from audit_event where id = ?
            """,
            position,
            id);
    database
        .sql()
        .update(
            """
            insert into audit_seal (first_position, last_position, row_count, previous, hash,
              horizon_xid, horizon_seq, sealed_at)
            values (?, ?, 1, sha256('x'), sha256('hash'), pg_current_xact_id(), -1, now())
            """,
            position,
            position);
  }

  private void atTheEndOfItsRetention() {
    Instant upper = end.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant();
    at(upper.plus(settings.auditRetention()));
  }

  @Test
  void retireWhenAMonthIsOldAndSealedThenDroppedBehindASignature() {
    String id = oldestMonth();
    seal(id);
    String name = place(id).table();
    atTheEndOfItsRetention();

    assertThat(retention.retireOne()).isTrue();

    assertThat(database.count("audit_event where id = ?", id)).isZero();
    assertThat(database.count("audit_partition where name = ?", name)).isZero();
    long position = retention.checkpoints.sealing.head().position();
    assertThat(database.count("audit_checkpoint where position = ?", position)).isEqualTo(1);
    assertThat(
            database.count(
                "audit_retirement where partition = ? and row_count = 1 and checkpoint = ?",
                name,
                position))
        .isEqualTo(1);
    assertThat(audited)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.event()).isEqualTo(AuditEventName.AUDIT_RETIRED);
              assertThat(entry.details())
                  .containsEntry("partition", name)
                  .containsEntry("count", "1");
            });
    assertThat(retention.retireOne()).isFalse();
  }

  @Test
  void retireWhenARowIsNotSealedThenItStays() {
    String id = oldestMonth();
    atTheEndOfItsRetention();

    assertThat(retention.retireOne()).isFalse();

    assertThat(database.count("audit_event where id = ?", id)).isEqualTo(1);
    assertThat(audited).isEmpty();
  }

  @Test
  void retireWhenAMonthIsYoungerThenItStays() {
    String id = oldestMonth();
    seal(id);
    atTheEndOfItsRetention();
    at(retention.clock.instant().minusMillis(1));

    assertThat(retention.retireOne()).isFalse();

    assertThat(database.count("audit_event where id = ?", id)).isEqualTo(1);
  }
}
