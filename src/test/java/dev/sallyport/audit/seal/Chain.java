package dev.sallyport.audit.seal;

import dev.sallyport.persistence.Sql;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The running server's audit chain, and what somebody with the rights of the database's owner can
/// do to it.
public final class Chain {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final RunningServer server;
  private final Rest rest;

  public Chain(RunningServer server) {
    this.server = server;
    this.rest = Rest.admin(server);
  }

  /// The chain as a transaction of a test sees it.
  public static ChainStore store(Sql sql) {
    ChainStore store = new ChainStore();
    store.sql = sql;
    return store;
  }

  public Rest.Answer verify() {
    return rest.get("audit/verify");
  }

  /// Waits until the row of this id is sealed.
  public void awaitSealed(String row) throws SQLException {
    try (Connection connection = TestDatabase.connect(server)) {
      await("sealed: " + row, () -> has(connection, row));
    }
  }

  private static boolean has(Connection connection, String row) {
    try (var query = connection.prepareStatement("select 1 from audit_seal_row where id = ?")) {
      query.setString(1, row);
      return query.executeQuery().next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Waits longer than a test may for anything else: timers run by the minute.
  public static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(100_000_000);
    }
  }

  /// Runs statements as the owner, with the triggers off.
  public void tamper(String... statements) throws SQLException {
    try (Connection connection = TestDatabase.own(server);
        var sql = connection.createStatement()) {
      connection.setAutoCommit(false);
      sql.execute("set local lock_timeout = '30s'");
      sql.execute("alter table audit_event disable trigger audit_event_no_change");
      sql.execute("alter table audit_checkpoint disable trigger audit_checkpoint_no_change");
      sql.execute("alter table audit_seal_row disable trigger audit_seal_row_no_change");
      for (String statement : statements) {
        sql.executeUpdate(statement);
      }
      sql.execute("alter table audit_seal_row enable trigger audit_seal_row_no_change");
      sql.execute("alter table audit_checkpoint enable trigger audit_checkpoint_no_change");
      sql.execute("alter table audit_event enable trigger audit_event_no_change");
      connection.commit();
    }
  }
}
