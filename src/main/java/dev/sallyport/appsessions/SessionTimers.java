package dev.sallyport.appsessions;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.persistence.Sql;
import dev.sallyport.persistence.SqlFailedException;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// What time does to sessions: use is written down in batches, what is over ends, streams end with
/// their session.
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@NoPermissionNeeded("Timers.")
public class SessionTimers {
  private static final Logger LOG = Logger.getLogger(SessionTimers.class);
  private static final int BATCH = 1_000;

  @Inject Clock clock;
  @Inject Sql sql;
  @Inject SessionCache cache;
  @Inject SessionMetrics metrics;
  @Inject SessionStore sessions;
  @Inject ActivityStore activity;
  @Inject BlockStore blocks;
  @Inject Changes changes;
  @Inject SessionEnding ending;
  @Inject SessionChanges listeners;

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  void writeActivity() {
    long now = clock.millis();
    // A set: a statement that names a row twice would count one of the two.
    Set<LiveSession> used = cache.takeUnwritten().collect(Collectors.toSet());
    cache.all().filter(LiveSession::hasRunning).forEach(used::add);
    // Sorted, so that nodes that write the same sessions never wait for each other in a circle.
    List<LiveSession> sorted = used.stream().sorted(Comparator.comparing(LiveSession::id)).toList();
    List<ActivityStore.Activity> batch =
        sorted.stream().map(session -> session.takeActivity(now)).toList();
    try {
      for (int from = 0; from < batch.size(); from += BATCH) {
        activity.write(batch.subList(from, Math.min(from + BATCH, batch.size())));
      }
    } catch (RuntimeException e) {
      // All of it is one transaction.
      for (int i = 0; i < batch.size(); i++) {
        cache.giveBack(sorted.get(i), batch.get(i).calls());
      }
      throw e;
    }
    metrics.counted(batch);
  }

  /// The calls since the last time would be lost.
  @PreDestroy
  void stop() {
    try {
      writeActivity();
    } catch (RuntimeException e) {
      LOG.warnf("The last calls could not be counted: %s", e.getMessage());
    }
  }

  @Schedule(hour = "*", minute = "*", second = "5/20", persistent = false)
  void endOverdue() {
    if (!sql.tryLock("session-sweep")) {
      return;
    }
    // A node whose clock runs ahead must not end what is good elsewhere.
    Instant now = sql.agreed(clock.instant());
    List<String> ended = activity.endOverdue(now, 10 * BATCH);
    changes.tell(Change.Kind.SESSION_ENDED, ended);
    ending.endOpenedThrough(ended);
    blocks.sweep();
    sql.update("delete from app_session_token where expires_at < ?", now.minusSeconds(3_600));
  }

  @Schedule(hour = "*", minute = "*", second = "*/3", persistent = false)
  void beat() {
    listeners.beat();
  }

  /// A stream whose session seems over here may have been prolonged by a newer token elsewhere.
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void cutOverdueStreams() {
    long now = clock.millis();
    cache
        .all()
        .filter(session -> session.hasRunning() && !session.isUsable(now))
        .toList()
        .forEach(session -> CallContext.system().run(() -> recheck(session, now)));
  }

  // Only what is stored ends a session: it may seem over here by a clock that runs ahead, or by
  // what this node has not read.
  private void recheck(LiveSession session, long now) {
    try {
      sessions.byId(session.id()).ifPresent(session::follow);
    } catch (SqlFailedException e) {
      LOG.debugf(e, "a session could not be read; its streams end now");
    }
    if (!session.isUsable(now)) {
      session.cutAll();
    }
  }
}
