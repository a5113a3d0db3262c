package dev.sallyport.cluster;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Reads the feed from where the last read can't have missed anything: the oldest transaction that
/// was still running then. A transaction that commits late is behind that mark and comes with a
/// later read.
final class ChangeReader {
  private static final Logger LOG = Logger.getLogger(ChangeReader.class);
  // Half the time for which changes are kept. By the database's clock, which goes on while this
  // machine is suspended and by which changes are dropped.
  private static final long FORGET_AFTER_MILLIS = TimeUnit.MINUTES.toMillis(30);
  private static final String POSITION =
      "select pg_snapshot_xmin(pg_current_snapshot())::text,"
          + " (extract(epoch from clock_timestamp()) * 1000)::bigint";
  // Position and rows come from one statement, hence from one snapshot.
  private static final String READ =
      POSITION
          + """
          , c.id, c.xid::text, c.kind, c.ref
          from (values (1)) v left join change c on c.xid >= cast(? as xid8) order by c.id
          """;

  private record Stored(long id, long xid, String kind, String ref) {}

  private final Map<Long, Long> applied = new HashMap<>();
  private long from;
  private long readAtMillis;

  /// Skips everything before now.
  void startAtNow(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(POSITION)) {
      row.next();
      from = Long.parseLong(row.getString(1));
      readAtMillis = row.getLong(2);
      applied.clear();
    }
  }

  /// Hands every change that was not handed over before to the consumer. Runs `missed` first when
  /// some may have been dropped unread, and for each that this version does not know.
  void read(Connection connection, Consumer<Change> consumer, Runnable missed) throws SQLException {
    long next = from;
    long now = readAtMillis;
    List<Stored> found = new ArrayList<>();
    try (var statement = connection.prepareStatement(READ)) {
      statement.setString(1, Long.toString(from));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          next = Long.parseLong(row.getString(1));
          now = row.getLong(2);
          add(row, found);
        }
      }
    }
    if (now - readAtMillis > FORGET_AFTER_MILLIS) {
      missed.run();
    }
    found.forEach(change -> hand(change, consumer, missed));
    from = next;
    readAtMillis = now;
    applied.values().removeIf(xid -> xid < from);
  }

  private void add(ResultSet row, List<Stored> found) throws SQLException {
    if (row.getString(5) != null && !applied.containsKey(row.getLong(3))) {
      found.add(
          new Stored(
              row.getLong(3),
              Long.parseLong(row.getString(4)),
              row.getString(5),
              row.getString(6)));
    }
  }

  /// Noted as applied only when it was: what fails comes again with the next read.
  private void hand(Stored change, Consumer<Change> consumer, Runnable missed) {
    kind(change).ifPresentOrElse(kind -> consumer.accept(new Change(kind, change.ref)), missed);
    applied.put(change.id, change.xid);
  }

  // A newer node tells of more kinds of changes: whatever it was, nothing remembered is left.
  private static Optional<Change.Kind> kind(Stored change) {
    Optional<Change.Kind> known =
        Arrays.stream(Change.Kind.values())
            .filter(kind -> kind.name().equals(change.kind))
            .findFirst();
    if (known.isEmpty()) {
      LOG.infof("another node told of %s, which this version does not know", change.kind);
    }
    return known;
  }
}
