package dev.sallyport.logout;

import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/// A database that refuses to block one subject, until it is closed.
record RefusingStore(RunningServer server, String constraint) implements AutoCloseable {
  static RefusingStore of(RunningServer server, Object subject) {
    String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
    RefusingStore store = new RefusingStore(server, name);
    store.run(
        "alter table block add constraint %s check (subject is distinct from '%s') not valid"
            .formatted(name, subject));
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
    run("alter table block drop constraint " + constraint);
  }
}
