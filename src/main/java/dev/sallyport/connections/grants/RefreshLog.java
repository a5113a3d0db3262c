package dev.sallyport.connections.grants;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/// Says one line for each refresh, and counts them on this node.
@ApplicationScoped
class RefreshLog {
  private static final Logger LOG = Logger.getLogger(RefreshLog.class);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final LongAdder refreshed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final LongAdder nanosSpent = new LongAdder();

  void refreshed(StoredGrant grant, GrantToken token, long nanos) {
    nanosSpent.add(nanos);
    String outcome =
        switch (token) {
          case GrantToken.Ended(String reason) -> {
            ended.increment();
            yield "ended it: " + reason;
          }
          case GrantToken.Good good
              when !Objects.equals(good.accessToken(), grant.accessToken()) -> {
            refreshed.increment();
            yield "done";
          }
          case GrantToken.Good _, GrantToken.Unavailable _, GrantToken.Missing _ -> {
            failed.increment();
            yield "failed; the grant lives on";
          }
        };
    say(grant, outcome, nanos);
  }

  /// It came to nothing here, whatever its server made of it.
  void broke(StoredGrant grant, RuntimeException e, long nanos) {
    nanosSpent.add(nanos);
    failed.increment();
    say(grant, "broke off here (" + e.getClass().getSimpleName() + ")", nanos);
  }

  private static void say(StoredGrant grant, String outcome, long nanos) {
    LOG.infof(
        "refresh of connection %s at %s: %s (%d ms)",
        grant.id().substring(0, 12), grant.key().server(), outcome, nanos / 1_000_000);
  }

  void savesAgain(StoredGrant grant, RuntimeException e) {
    LOG.warnf(
        "the new tokens of connection %s could not be stored (%s); trying again",
        grant.id().substring(0, 12), e.getClass().getSimpleName());
    LockSupport.parkNanos(PAUSE.toNanos());
  }

  RefreshCounts counts() {
    return new RefreshCounts(
        refreshed.sum(), failed.sum(), ended.sum(), nanosSpent.sum() / 1_000_000);
  }
}
