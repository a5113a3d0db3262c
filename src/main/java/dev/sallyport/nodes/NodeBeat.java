package dev.sallyport.nodes;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.cluster.ChangeFeed;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;

/// Says every five seconds that this node is there.
@Singleton
@NoPermissionNeeded("A timer.")
public class NodeBeat {
  @Inject Settings settings;
  @Inject ChangeFeed feed;
  @Inject Sql sql;

  private final String id = RandomTokens.id("node_");
  private final long startedNanos = System.nanoTime();

  // All by the database's clock: a node whose own was set must neither seem alive for ever nor drop
  // the others.
  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void beat() {
    sql.update(
        """
        insert into node (id, name, is_current, started_at, seen_at)
          values (?, ?, ?, clock_timestamp() - ? * interval '1 millisecond', clock_timestamp())
        on conflict (id) do update set is_current = excluded.is_current, seen_at = excluded.seen_at
        """,
        id,
        settings.nodeName(),
        feed.lease().isHeld(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos));
    sql.update("delete from node where seen_at < clock_timestamp() - interval '1 hour'");
  }
}
