package dev.sallyport.appsessions.history;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/// Keeps the table of live sessions small, a minute at a time.
@Singleton
@Lock(LockType.READ)
@NoPermissionNeeded("A timer.")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SessionHistoryTimer {
  private static final Logger LOG = Logger.getLogger(SessionHistoryTimer.class);
  private static final int BATCH = 2_000;
  private static final int BATCHES = 50;

  @Inject SessionHistory history;

  @Schedule(hour = "*", minute = "*", second = "40", persistent = false)
  void keepMonths() {
    try {
      CallContext.system().run(this::keep);
    } catch (RuntimeException e) {
      LOG.error("ended sessions can't be moved to their month", e);
    }
  }

  private void keep() {
    for (int i = 0; i < BATCHES && history.move(BATCH) == BATCH; i++) {
      // one transaction for each batch
    }
    while (history.dropOne()) {
      // one transaction for each month
    }
  }
}
