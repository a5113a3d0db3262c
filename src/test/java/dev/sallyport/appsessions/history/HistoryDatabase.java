package dev.sallyport.appsessions.history;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.config.Settings;
import dev.sallyport.persistence.Sql;
import dev.sallyport.persistence.SqlFixture;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The history on the running server's database, in one transaction that the server's own timer
/// waits for.
final class HistoryDatabase implements AutoCloseable {
  final SessionHistory history = new SessionHistory();
  final List<AuditEntry> audited = new ArrayList<>();
  final Sql sql;

  private final Connection connection;

  HistoryDatabase(RunningServer server, Instant now) throws SQLException {
    connection = TestDatabase.connect(server);
    connection.setAutoCommit(false);
    sql = SqlFixture.over(connection);
    sql.lock("session-history");
    history.sql = sql;
    history.clock = Clock.fixed(now, ZoneOffset.UTC);
    history.settings =
        Settings.read(
            Map.of(
                "SALLYPORT_MASTER_KEY",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "SALLYPORT_SESSION_RETENTION",
                "P60D"));
    history.audit =
        new AuditLog() {
          @Override
          public void record(AuditEntry entry) {
            audited.add(entry);
          }
        };
  }

  void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
