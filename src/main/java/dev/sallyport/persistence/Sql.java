package dev.sallyport.persistence;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Plain SQL within the current transaction, for what is no entity: locks, queues, bulk statements
/// and the session tables, whose path has no room for a mapper.
@ApplicationScoped
public class Sql {
  @Resource(lookup = "java:jboss/datasources/SallyportDS")
  DataSource dataSource;

  /// Makes something of a row.
  @FunctionalInterface
  public interface Mapper<T> {
    T map(Row row) throws SQLException;
  }

  /// Runs a statement; answers how many rows it touched.
  public int update(String sql, @Nullable Object... arguments) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection, sql, arguments)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new SqlFailedException(e);
    }
  }

  /// Runs statements one after the other in one trip to the database; none of them answers rows.
  public void together(List<SqlStatement> statements) {
    String all = statements.stream().map(SqlStatement::sql).collect(Collectors.joining(";"));
    update(all, statements.stream().flatMap(s -> s.arguments().stream()).toArray());
  }

  /// Runs a query, or a statement with `returning`.
  public <T> List<T> query(String sql, Mapper<T> mapper, @Nullable Object... arguments) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection, sql, arguments);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      Row row = new Row(rows);
      while (rows.next()) {
        found.add(mapper.map(row));
      }
      return found;
    } catch (SQLException e) {
      throw new SqlFailedException(e);
    }
  }

  /// The first row, if there is one.
  public <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... arguments) {
    return query(sql, mapper, arguments).stream().findFirst();
  }

  /// The database's time.
  public Instant now() {
    return first("select clock_timestamp() as t", row -> row.instant("t")).orElseThrow();
  }

  /// The earlier of this time and the database's. What ends, or is dropped, because its time has
  /// come must be due by both clocks: one that was set ahead ends nothing.
  public Instant agreed(Instant now) {
    return earlier(now, now());
  }

  /// The same where the database's time is known already.
  public static Instant earlier(Instant now, Instant databases) {
    return now.isBefore(databases) ? now : databases;
  }

  /// Waits for a lock that the end of the transaction releases.
  public void lock(String name) {
    query("select pg_advisory_xact_lock(hashtextextended(?, 0))::text as x", row -> 0, name);
  }

  /// Waits for the same lock with others who share it, and not with one who has it alone.
  public void lockShared(String name) {
    query("select pg_advisory_xact_lock_shared(hashtextextended(?, 0))::text as x", row -> 0, name);
  }

  /// Whether this transaction got the lock; for work that one node at a time should do.
  public boolean tryLock(String name) {
    return first(
            "select pg_try_advisory_xact_lock(hashtextextended(?, 0)) as got",
            row -> row.flag("got"),
            name)
        .orElseThrow();
  }

  private static PreparedStatement prepare(
      Connection connection, String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < arguments.length; i++) {
      Object value = arguments[i];
      switch (value) {
        case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
        case String[] texts -> statement.setArray(i + 1, connection.createArrayOf("text", texts));
        case Long[] numbers -> statement.setArray(i + 1, connection.createArrayOf("int8", numbers));
        case null, default -> statement.setObject(i + 1, value);
      }
    }
    return statement;
  }
}
