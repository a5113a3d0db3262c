package dev.sallyport.nodes;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/// Shows the nodes.
@Stateless
public class NodeService {
  @Inject Sql sql;

  /// By name, the one that started last first.
  @RequiresPermission(Permission.SYSTEM_READ)
  public List<NodeDetails> list() {
    // Silent: three beats did not come, by the clock that wrote the last one.
    return sql.query(
        """
        select id, name, is_current, started_at, seen_at,
            seen_at < clock_timestamp() - interval '15 seconds' as is_silent
          from node order by name, started_at desc
        """,
        row ->
            new NodeDetails(
                row.text("id"),
                row.text("name"),
                state(row.flag("is_silent"), row.flag("is_current")),
                row.instant("started_at"),
                row.instant("seen_at")));
  }

  private static String state(boolean isSilent, boolean isCurrent) {
    if (isSilent) {
      return "silent";
    }
    return isCurrent ? "ready" : "not-current";
  }
}
