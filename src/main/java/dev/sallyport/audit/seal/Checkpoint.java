package dev.sallyport.audit.seal;

import dev.sallyport.persistence.Row;
import java.sql.SQLException;
import java.time.Instant;

/// A signed head of the chain: whoever keeps one can prove later that nothing up to its position
/// was touched.
public record Checkpoint(long position, String hash, String kid, Instant signedAt, String jws) {
  static Checkpoint read(Row row) throws SQLException {
    return new Checkpoint(
        row.number("position"),
        row.text("hash"),
        row.text("kid"),
        row.instant("signed_at"),
        row.text("jws"));
  }
}
