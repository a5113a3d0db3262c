package dev.sallyport.cluster;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/// Drops changes that every node has read or will never miss again.
@Singleton
@NoPermissionNeeded("A timer.")
public class ChangeSweeper {
  @Inject Sql sql;

  @Schedule(hour = "*", minute = "*/10", persistent = false)
  void sweep() {
    // By the clock that wrote them: a node's own may run ahead.
    sql.update("delete from change where at < clock_timestamp() - interval '1 hour'");
  }
}
