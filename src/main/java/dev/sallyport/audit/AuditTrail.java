package dev.sallyport.audit;

import dev.sallyport.logging.LogFields;
import dev.sallyport.persistence.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Repeats each row in the server's log as one line of JSON under the name `audit`, for those who
/// collect logs. Only what was committed: a change that was rolled back has left no row either.
@ApplicationScoped
public class AuditTrail {
  private static final Logger LOG = Logger.getLogger("audit");

  void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) AuditRow row) {
    fields(row).run(() -> LOG.info(Json.write(row)));
  }

  /// The same names as in the lines about calls, so that one search finds both.
  private static LogFields fields(AuditRow row) {
    LogFields fields =
        LogFields.NONE
            .with(LogFields.CODE, row.reason())
            .with(LogFields.REQUEST, row.requestId())
            .with(LogFields.ACTOR, row.actor().id())
            .with(LogFields.APP, app(row));
    AuditRow.What what = row.resource();
    return what != null && "app_session".equals(what.kind()) && what.id() != null
        ? fields.ofSession(what.id())
        : fields;
  }

  private static @Nullable String app(AuditRow row) {
    AuditRow.What what = row.resource();
    return what != null && "app".equals(what.kind()) ? what.name() : row.details().get("app");
  }
}
