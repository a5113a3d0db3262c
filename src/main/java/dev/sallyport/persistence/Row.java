package dev.sallyport.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One row of a result, read by column name.
public final class Row {
  private final ResultSet row;

  Row(ResultSet row) {
    this.row = row;
  }

  public String text(String column) throws SQLException {
    return Objects.requireNonNull(row.getString(column));
  }

  public @Nullable String textOrNull(String column) throws SQLException {
    return row.getString(column);
  }

  public Instant instant(String column) throws SQLException {
    return Objects.requireNonNull(instantOrNull(column));
  }

  public @Nullable Instant instantOrNull(String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  public long number(String column) throws SQLException {
    return row.getLong(column);
  }

  public boolean flag(String column) throws SQLException {
    return row.getBoolean(column);
  }
}
