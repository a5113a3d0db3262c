package dev.sallyport.appsessions;

import dev.sallyport.persistence.Cursor;
import dev.sallyport.problem.SallyportException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What lists of sessions can be sorted by: `startedAt`, or `-startedAt` for the newest first.
public record SessionSort(Column column, boolean descending) {

  /// A column that carries an order.
  public enum Column {
    STARTED_AT("startedAt", "s.started_at", "timestamptz"),
    USER("user", "s.username", "text"),
    APP("app", "s.app_name", "text"),
    EXPIRES_AT("expiresAt", "s.expires_at", "timestamptz");

    private final String code;
    private final String sql;
    private final String type;

    Column(String code, String sql, String type) {
      this.code = code;
      this.sql = sql;
      this.type = type;
    }

    public String code() {
      return code;
    }
  }

  public static SessionSort newestFirst() {
    return new SessionSort(Column.STARTED_AT, true);
  }

  public static SessionSort parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return newestFirst();
    }
    boolean descending = text.startsWith("-");
    String code = descending ? text.substring(1) : text;
    return Arrays.stream(Column.values())
        .filter(column -> column.code.equals(code))
        .findFirst()
        .map(column -> new SessionSort(column, descending))
        .orElseThrow(() -> SallyportException.invalid("sort", "must be one of " + codes() + "."));
  }

  private static String codes() {
    return Arrays.stream(Column.values())
        .map(column -> column.code + ", -" + column.code)
        .collect(Collectors.joining(", "));
  }

  String orderBy() {
    return column.sql + (descending ? " desc, s.id" : ", s.id desc");
  }

  /// The condition for rows behind the cursor's, so that an index can begin at them. The id runs
  /// against the sort, as the indexes have it.
  String after() {
    String value = "cast(? as " + column.type + ")";
    return descending
        ? "%1$s <= %2$s and (%1$s < %2$s or s.id > ?)".formatted(column.sql, value)
        : "%1$s >= %2$s and (%1$s > %2$s or s.id < ?)".formatted(column.sql, value);
  }

  /// The value that a cursor holds; one of another sort may not fit this column.
  String checked(String value) {
    return switch (column) {
      case STARTED_AT, EXPIRES_AT -> time(value);
      case USER, APP -> value;
    };
  }

  private static String time(String value) {
    try {
      OffsetDateTime time = Instant.parse(value).atOffset(ZoneOffset.UTC);
      // Java knows years that PostgreSQL does not.
      if (time.getYear() >= 1 && time.getYear() <= 9_999) {
        return time.toInstant().toString();
      }
    } catch (DateTimeException e) {
      // the same answer as for a cursor of another list
    }
    throw Cursor.refusal();
  }

  String value(SessionDetails session) {
    return switch (column) {
      case STARTED_AT -> session.startedAt().toString();
      case EXPIRES_AT -> session.expiresAt().toString();
      case USER -> session.username();
      case APP -> session.app();
    };
  }
}
