package dev.sallyport.audit.seal;

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

/// Makes the months ahead, drops those that retention is done with, and walks the chain four times
/// a day.
@Singleton
@Lock(LockType.READ)
@NoPermissionNeeded("A timer.")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditUpkeep {
  private static final Logger LOG = Logger.getLogger(AuditUpkeep.class);

  @Inject Partitions partitions;
  @Inject Retention retention;
  @Inject ChainVerifier verifier;

  @Schedule(hour = "*", minute = "*", second = "20", persistent = false)
  void keepMonths() {
    attempt("the audit's months can't be kept", partitions::extend);
    attempt("an old month of the audit can't be dropped", this::retire);
  }

  private void retire() {
    while (retention.retireOne()) {
      // one transaction for each month
    }
    retention.sweep();
  }

  @Schedule(hour = "*/6", minute = "17", persistent = false)
  void verify() {
    attempt(
        "the audit's chain can't be verified",
        () -> CallContext.system().run(() -> retention.alone(verifier::verifyAndKeep)));
  }

  private static void attempt(String what, Runnable work) {
    try {
      CallContext.system().run(work);
    } catch (RuntimeException e) {
      LOG.error(what, e);
    }
  }
}
