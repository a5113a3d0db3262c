package dev.sallyport.connections.accounts;

import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/// Counts connections by how they do.
@ApplicationScoped
class StatusCounts {
  @Inject Sql sql;
  @Inject Clock clock;

  /// How many there are of each status.
  Map<String, Long> now() {
    Map<String, Long> counts = new TreeMap<>();
    for (ConnectionStatus status : ConnectionStatus.values()) {
      counts.put(status.code(), 0L);
    }
    sql.query(
        "select status, count(*) as n from (select "
            + ConnectionStatus.SQL
            + " as status from connection_grant g) s group by status",
        row -> counts.put(row.text("status"), row.number("n")),
        clock.instant());
    return counts;
  }
}
