package dev.sallyport.testing;

import dev.sallyport.cluster.SchemaFixture;
import java.sql.Connection;
import java.sql.SQLException;

/// A database beside the running server's, with today's schema and nothing in it: for what locks
/// whole tables, so that nobody else waits.
public final class OwnDatabase implements AutoCloseable {
  private final RunningServer server;
  private final String name;

  public OwnDatabase(RunningServer server) throws Exception {
    this.server = server;
    this.name = Unique.name("own").replace('-', '_');
    asSuperuser("create database " + name + " owner sallyport");
    SchemaFixture.migrate(TestDatabase.own(server, name));
  }

  /// A transaction in it, with the rights of the tables' owner, of which nothing stays.
  public RolledBack begin() throws SQLException {
    return new RolledBack(TestDatabase.own(server, name));
  }

  @Override
  public void close() throws SQLException {
    asSuperuser("drop database " + name + " with (force)");
  }

  private void asSuperuser(String statement) throws SQLException {
    try (Connection connection = TestDatabase.superuser(server);
        var sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
