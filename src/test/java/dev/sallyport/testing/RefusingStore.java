package dev.sallyport.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/// A database that refuses rows with one value in a column, until it is closed.
public record RefusingStore(RunningServer server, String table, String constraint)
    implements AutoCloseable {

  public static RefusingStore of(RunningServer server, String table, String column, Object value) {
    String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
    RefusingStore store = new RefusingStore(server, table, name);
    store.run(
        "alter table %s add constraint %s check (%s is distinct from '%s') not valid"
            .formatted(table, name, column, value));
    return store;
  }

  private void run(String sql) {
    try (Connection connection = TestDatabase.own(server);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    run("alter table " + table + " drop constraint " + constraint);
  }
}
