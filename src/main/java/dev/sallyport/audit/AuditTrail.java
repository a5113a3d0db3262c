package dev.sallyport.audit;

import dev.sallyport.persistence.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import org.jboss.logging.Logger;

/// Repeats each row in the server's log as one line of JSON under the name `audit`, for those who
/// collect logs. Only what was committed: a change that was rolled back has left no row either.
@ApplicationScoped
public class AuditTrail {
  private static final Logger LOG = Logger.getLogger("audit");

  void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) AuditRow row) {
    LOG.info(Json.write(row));
  }
}
