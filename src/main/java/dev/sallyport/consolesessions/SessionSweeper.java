package dev.sallyport.consolesessions;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.time.Clock;

/// Drops console sessions and links that are over.
@Singleton
@NoPermissionNeeded("A timer.")
public class SessionSweeper {
  @Inject Sql sql;
  @Inject Clock clock;

  @Schedule(hour = "*", minute = "*/5", persistent = false)
  void sweep() {
    sql.update("delete from console_session where expires_at < ?", clock.instant());
    sql.update("delete from sign_in_link where expires_at < ?", clock.instant());
  }
}
