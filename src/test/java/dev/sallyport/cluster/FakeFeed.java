package dev.sallyport.cluster;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A change table behind JDBC. `oldestRunning` is the xmin of every snapshot that is taken of it.
final class FakeFeed {
  record Row(long id, long xid, String kind, String ref) {}

  private final List<Row> rows = new ArrayList<>();
  private long oldestRunning = 1;
  private long millis = 1_000_000;

  void commit(long id, long xid, String ref) {
    commit(id, xid, Change.Kind.SESSION_ENDED.name(), ref);
  }

  void commit(long id, long xid, String kind, String ref) {
    rows.add(new Row(id, xid, kind, ref));
  }

  /// Moves the database's clock.
  void forward(Duration step) {
    millis += step.toMillis();
  }

  void oldestRunning(long xid) {
    oldestRunning = xid;
  }

  Connection connection() {
    return fake(
        Connection.class,
        (_, method, _) ->
            switch (method.getName()) {
              case "prepareStatement" -> prepared();
              case "createStatement" -> statement();
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private Statement statement() {
    return fake(
        Statement.class, (_, method, _) -> method.getName().equals("close") ? null : result(null));
  }

  private PreparedStatement prepared() {
    long[] from = new long[1];
    return fake(
        PreparedStatement.class,
        (_, method, arguments) -> {
          if (method.getName().equals("setString")) {
            from[0] = Long.parseLong((String) arguments[1]);
          }
          return method.getName().equals("executeQuery") ? result(from[0]) : null;
        });
  }

  /// One row without a change where none fits, as the left join gives it.
  private ResultSet result(Long from) {
    List<Row> found = new ArrayList<>();
    if (from != null) {
      rows.stream()
          .filter(row -> row.xid() >= from)
          .sorted(Comparator.comparingLong(Row::id))
          .forEach(found::add);
    }
    if (found.isEmpty()) {
      found.add(null);
    }
    int[] at = {-1};
    return fake(
        ResultSet.class,
        (_, method, arguments) ->
            switch (method.getName()) {
              case "next" -> ++at[0] < found.size();
              case "getLong" -> (int) arguments[0] == 2 ? millis : found.get(at[0]).id();
              case "getString" -> column(found.get(at[0]), (int) arguments[0]);
              case "close" -> null;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private String column(Row row, int column) {
    if (column == 1) {
      return Long.toString(oldestRunning);
    }
    if (row == null) {
      return null;
    }
    return switch (column) {
      case 4 -> Long.toString(row.xid());
      case 5 -> row.kind();
      case 6 -> row.ref();
      default -> throw new UnsupportedOperationException("column " + column);
    };
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(FakeFeed.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
