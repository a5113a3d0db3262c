package dev.sallyport.audit.seal;

import dev.sallyport.authz.NoPermissionNeeded;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Seals what was committed, each second; signs the chain's head when that is due.
@Singleton
@Lock(LockType.READ)
@NoPermissionNeeded("A timer.")
public class Sealer {
  private static final Logger LOG = Logger.getLogger(Sealer.class);
  private static final long LONGEST_NANOS = Duration.ofSeconds(20).toNanos();

  @Inject Sealing sealing;
  @Inject Checkpoints checkpoints;

  private volatile boolean isFailing;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void seal() {
    attempt(this::sealAll);
  }

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  void sign() {
    attempt(checkpoints::signIfDue);
  }

  private void sealAll() {
    long begin = System.nanoTime();
    while (sealing.sealBatch() == Sealing.BATCH && System.nanoTime() - begin < LONGEST_NANOS) {
      // one transaction for each batch
    }
  }

  // Said once, not each second: the database may be away for a while.
  private void attempt(Runnable work) {
    try {
      work.run();
      isFailing = false;
    } catch (RuntimeException e) {
      if (!isFailing) {
        LOG.error("the audit can't be sealed", e);
      }
      isFailing = true;
    }
  }
}
