package dev.sallyport.testing;

import dev.sallyport.persistence.Sql;
import dev.sallyport.persistence.SqlFixture;
import java.sql.Connection;
import java.sql.SQLException;

/// A transaction of which nothing stays.
public final class RolledBack implements AutoCloseable {
  private final Connection connection;
  private final Sql sql;

  /// On the running server's database, with the rights of the server itself.
  public RolledBack(RunningServer server) throws SQLException {
    this(TestDatabase.connect(server));
  }

  RolledBack(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    sql = SqlFixture.over(connection);
  }

  public Sql sql() {
    return sql;
  }

  /// How many rows a table has of which this is true.
  public long count(String tableWhere, Object... arguments) {
    return sql.first("select count(*) as n from " + tableWhere, row -> row.number("n"), arguments)
        .orElseThrow();
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
