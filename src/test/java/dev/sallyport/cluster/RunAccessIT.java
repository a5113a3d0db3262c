package dev.sallyport.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.testing.RolledBack;
import dev.sallyport.testing.RunningServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the account that the server runs as may not do to the database. What it must be able to do,
/// all the other tests show: their server runs as it.
@ExtendWith(RunningServer.Extension.class)
class RunAccessIT {
  private RolledBack database;

  @BeforeEach
  void open(RunningServer server) throws SQLException {
    database = new RolledBack(server);
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private void assertDenied(String statement, String sentence) {
    assertThatThrownBy(() -> database.sql().update(statement))
        .rootCause()
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table app add column x text",
        "alter table audit_event disable trigger audit_event_no_change",
        "drop table app_session",
        "drop function audit_extend(timestamptz)",
        "create index x on app (name)",
        "alter function run_access(text) security definer"
      })
  void schemaWhenChangedThenDenied(String statement) {
    assertDenied(statement, "must be owner of");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table x (y int)",
        "create function x() returns int language sql as 'select 1'",
        "truncate app_session",
        "create trigger x before insert on app for each row execute function audit_is_append_only()",
        "update databasechangelog set md5sum = null",
        "delete from databasechangelog",
        "update databasechangeloglock set locked = false"
      })
  void schemaWhenAddedToOrEmptiedThenDenied(String statement) {
    assertDenied(statement, "permission denied");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_event set reason = 'x'",
        "delete from audit_event",
        "truncate audit_event",
        "delete from audit_event_first",
        "insert into audit_event_first default values",
        "update audit_seal_row set hash = leaf",
        "update audit_seal set hash = previous",
        "update audit_checkpoint set position = 0",
        "delete from audit_checkpoint",
        "delete from audit_key",
        "update audit_retirement set row_count = 0",
        "delete from audit_partition",
        "update audit_keep set age = interval '0'",
        "delete from audit_keep"
      })
  void auditWhenRewrittenThenDenied(String statement) {
    assertDenied(statement, "permission denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit_event", "app", "audit_event_first", "audit_event_default"})
  void monthWhenNotTheOldestOfTheAuditThenNotDropped(String table) {
    String oldest =
        database
            .sql()
            .first(
                "select name from audit_partition order by upper limit 1", row -> row.text("name"))
            .orElseThrow();
    String sentence = table.equals(oldest) ? "is to be kept for longer" : "is not the oldest month";
    assertDenied("select audit_drop_month('" + table + "')", sentence);
  }

  @Test
  void monthWhenItIsNoneOfSessionsThenNotDropped() {
    assertDenied("select app_session_drop_month('1970-01-01')", "does not exist");
  }

  /// A table of the same name that comes first in the caller's path is not the one that is meant.
  @Test
  void functionsWhenTheCallersPathIsAnotherThenActOnTheirOwnTables() {
    database.sql().update("create temporary table audit_partition (name text, upper timestamptz)");
    database.sql().update("insert into audit_partition values ('app', '1970-01-01')");
    database.sql().update("set local search_path = pg_temp, public");

    assertDenied("select audit_drop_month('app')", "is not the oldest month");
  }

  @Test
  void rolesWhenAskedThenTheServersIsNoneOfPower() {
    assertThat(
            database
                .sql()
                .query(
                    """
                    select current_user as name, rolsuper or rolcreatedb or rolcreaterole
                      or rolbypassrls as power from pg_roles where rolname = current_user
                    """,
                    row -> row.text("name") + " " + row.flag("power")))
        .containsExactly("sallyport_run false");
  }
}
