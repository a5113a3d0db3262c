package dev.sallyport.cluster;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/// Drops changes that every node has read or will never miss again.
@Singleton
@NoPermissionNeeded("A timer.")
public class ChangeSweeper {
  private static final Duration KEPT = Duration.ofHours(1);

  @Inject Sql sql;
  @Inject Clock clock;

  @Schedule(hour = "*", minute = "*/10", persistent = false)
  void sweep() {
    sql.update("delete from change where at < ?", clock.instant().minus(KEPT));
  }
}
