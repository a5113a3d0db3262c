package dev.sallyport.cluster;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Reads the feed from where the last read can't have missed anything: the oldest transaction that
/// was still running then. A transaction that commits late is behind that mark and comes with a
/// later read.
final class ChangeReader {
  // Position and rows come from one statement, hence from one snapshot.
  private static final String READ =
      """
      select pg_snapshot_xmin(pg_current_snapshot())::text, c.id, c.xid::text, c.kind, c.ref
      from (values (1)) v left join change c on c.xid >= cast(? as xid8) order by c.id
      """;

  private final Map<Long, Long> applied = new HashMap<>();
  private long from;

  /// Skips everything before now.
  void startAtNow(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select pg_snapshot_xmin(pg_current_snapshot())::text")) {
      row.next();
      from = Long.parseLong(row.getString(1));
      applied.clear();
    }
  }

  /// Hands every change that was not handed over before to the consumer.
  void read(Connection connection, Consumer<Change> consumer) throws SQLException {
    long next = from;
    try (var statement = connection.prepareStatement(READ)) {
      statement.setString(1, Long.toString(from));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          next = Long.parseLong(row.getString(1));
          hand(row, consumer);
        }
      }
    }
    from = next;
    applied.values().removeIf(xid -> xid < from);
  }

  /// Noted as applied only when it was: what fails comes again with the next read.
  private void hand(ResultSet row, Consumer<Change> consumer) throws SQLException {
    if (row.getString(4) != null && !applied.containsKey(row.getLong(2))) {
      consumer.accept(new Change(Change.Kind.valueOf(row.getString(4)), row.getString(5)));
      applied.put(row.getLong(2), xid(row));
    }
  }

  private static long xid(ResultSet row) throws SQLException {
    return Long.parseLong(row.getString(3));
  }
}
