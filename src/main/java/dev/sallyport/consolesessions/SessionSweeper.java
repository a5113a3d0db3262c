package dev.sallyport.consolesessions;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Drops console sessions and links that are over.
@Singleton
@NoPermissionNeeded("A timer.")
public class SessionSweeper {
  // So long a browser that comes back can be told what became of its session.
  private static final Duration KEPT = Duration.ofHours(24);

  @Inject Sql sql;
  @Inject Clock clock;

  @Schedule(hour = "*", minute = "*/5", persistent = false)
  void sweep() {
    Instant now = clock.instant();
    sql.update("delete from console_session where expires_at < ?", now.minus(KEPT));
    sql.update("delete from sign_in_link where expires_at < ?", now);
  }
}
