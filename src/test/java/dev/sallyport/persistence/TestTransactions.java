package dev.sallyport.persistence;

import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import javax.sql.DataSource;

/// Transactions outside of the server, on the running server's database: each on a connection of
/// its own, as the container does it for what requires a new one.
public final class TestTransactions {
  private final RunningServer server;
  private final ThreadLocal<Deque<Connection>> open = ThreadLocal.withInitial(ArrayDeque::new);

  public TestTransactions(RunningServer server) {
    this.server = server;
  }

  /// Statements join the innermost transaction of the thread, or commit at once.
  public Sql sql() {
    return SqlFixture.over(
        (DataSource)
            Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (_, _, _) -> connection()));
  }

  private Connection connection() throws SQLException {
    Connection current = open.get().peek();
    return current == null ? TestDatabase.connect(server) : kept(current);
  }

  private static Connection kept(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              try {
                return method.getName().equals("close")
                    ? null
                    : method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /// Runs the work in a transaction of its own.
  public <T> T requiresNew(Supplier<T> work) {
    try (Connection connection = TestDatabase.connect(server)) {
      connection.setAutoCommit(false);
      open.get().push(connection);
      try {
        T result = work.get();
        connection.commit();
        return result;
      } finally {
        open.get().pop();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
