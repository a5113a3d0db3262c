package dev.sallyport.nodes;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.cluster.ChangeFeed;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Sql;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Says every five seconds that this node is there.
@Singleton
@NoPermissionNeeded("A timer.")
public class NodeBeat {
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  @Inject Settings settings;
  @Inject ChangeFeed feed;
  @Inject Sql sql;
  @Inject Clock clock;

  private final String id = RandomTokens.id("node_");
  private Instant startedAt = Instant.EPOCH;

  @PostConstruct
  void start() {
    startedAt = clock.instant();
  }

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void beat() {
    Instant now = clock.instant();
    sql.update(
        """
        insert into node (id, name, is_current, started_at, seen_at) values (?, ?, ?, ?, ?)
        on conflict (id) do update set is_current = excluded.is_current, seen_at = excluded.seen_at
        """,
        id,
        settings.nodeName(),
        feed.lease().isHeld(),
        startedAt,
        now);
    sql.update("delete from node where seen_at < ?", now.minus(FORGOTTEN));
  }
}
