package dev.sallyport.persistence;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The database refused a statement, or can't be reached.
public final class SqlFailedException extends RuntimeException {
  private static final String DEADLOCK = "40P01";

  private final @Nullable String state;

  SqlFailedException(SQLException cause) {
    super("the database failed: " + cause.getSQLState(), cause);
    this.state = cause.getSQLState();
  }

  /// Whether the database is behind a failure, however deep.
  public static boolean isCauseOf(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SqlFailedException || t instanceof SQLException) {
        return true;
      }
    }
    return false;
  }

  /// Whether the database ended this transaction so that another one, which waited for it, could go
  /// on: done again, it may succeed.
  public static boolean isDeadlock(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && DEADLOCK.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  /// Whether the database is away, stopping or full, rather than at odds with a statement (classes
  /// 08, 53 and 57 of SQLSTATE; the pool gives none when it has no connection).
  public boolean isOutOfReach() {
    return state == null
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57");
  }
}
