package dev.sallyport.audit;

import dev.sallyport.persistence.Row;
import java.sql.SQLException;
import java.time.Instant;

/// A filter that an actor keeps under a name. `query` is what stands behind `?` in the address of
/// the page and of `/audit`.
public record SavedFilter(String id, String name, String query, Instant createdAt) {
  static SavedFilter read(Row row) throws SQLException {
    return new SavedFilter(
        row.text("id"), row.text("name"), row.text("query"), row.instant("created_at"));
  }
}
