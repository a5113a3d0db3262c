package dev.sallyport.connections.grants;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What time does to grants: those of one session end with it, those that nobody can use any more
/// end, and ended ones are forgotten after a month.
@Stateless
@NoPermissionNeeded("A timer.")
public class GrantSweeper {
  private static final Duration KEPT = Duration.ofDays(30);

  @Inject Sql sql;
  @Inject Clock clock;
  @Inject GrantEnding ending;

  @Schedule(hour = "*", minute = "*", second = "7/10", persistent = false)
  void sweep() {
    if (sql.tryLock("connection-sweep")) {
      CallContext.system().run(this::endAndForget);
    }
  }

  private void endAndForget() {
    Instant now = clock.instant();
    ending.endMany(
        """
        g.session_id is not null and not exists (select 1 from app_session s
          where s.id = g.session_id and s.ended_at is null)
        """,
        List.of(),
        GrantEnd.SESSION_ENDED);
    ending.endMany("g.refresh_token is null and g.expires_at < ?", List.of(now), GrantEnd.EXPIRED);
    sql.update(
        """
        delete from connection_consent c where c.session_id is not null
          and not exists (select 1 from app_session s
            where s.id = c.session_id and s.ended_at is null)
        """);
    sql.update(
        "delete from connection_grant where ended_at < ? and revoke_at is null", now.minus(KEPT));
  }
}
