package dev.sallyport.audit.seal;

import dev.sallyport.persistence.Row;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a walk along the whole chain found. `rows` were compared with their hashes, up to
/// `position`; `unsealed` are too young for it.
public record Verification(
    boolean ok,
    long rows,
    long position,
    long unsealed,
    long checkpoints,
    @Nullable Break broken,
    Instant checkedAt) {

  /// The first break: where, at which row as far as that is known, and what is wrong.
  public record Break(@Nullable Long position, @Nullable String row, String reason) {}

  static Verification read(Row row) throws SQLException {
    boolean ok = row.flag("ok");
    String position = row.textOrNull("broken_position");
    Break broken =
        ok
            ? null
            : new Break(
                position == null ? null : Long.valueOf(position),
                row.textOrNull("broken_row"),
                row.text("broken_reason"));
    return new Verification(
        ok,
        row.number("row_count"),
        row.number("position"),
        row.number("unsealed"),
        row.number("checkpoints"),
        broken,
        row.instant("at"));
  }
}
