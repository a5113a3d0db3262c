package dev.sallyport.nodes;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Shows the nodes.
@Stateless
public class NodeService {
  // Three beats that did not come.
  private static final Duration SILENT = Duration.ofSeconds(15);

  @Inject Sql sql;
  @Inject Clock clock;

  /// By name, the one that started last first.
  @RequiresPermission(Permission.SYSTEM_READ)
  public List<NodeDetails> list() {
    Instant silent = clock.instant().minus(SILENT);
    return sql.query(
        """
        select id, name, is_current, started_at, seen_at
          from node order by name, started_at desc
        """,
        row -> {
          Instant seenAt = row.instant("seen_at");
          return new NodeDetails(
              row.text("id"),
              row.text("name"),
              state(seenAt.isBefore(silent), row.flag("is_current")),
              row.instant("started_at"),
              seenAt);
        });
  }

  private static String state(boolean isSilent, boolean isCurrent) {
    if (isSilent) {
      return "silent";
    }
    return isCurrent ? "ready" : "not-current";
  }
}
