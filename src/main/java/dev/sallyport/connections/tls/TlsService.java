package dev.sallyport.connections.tls;

import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppService;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.persistence.Revisions;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Keeps what TLS apps have of their own.
@Stateless
public class TlsService {
  @Inject AppService apps;
  @Inject TlsStore store;
  @Inject Changes changes;
  @Inject AuditLog audit;
  @Inject Clock clock;

  @RequiresPermission(value = Permission.APP_READ, scoped = true)
  public TlsDetails get(String appId, String use) {
    return stored(apps.get(appId).id(), use(use)).details();
  }

  /// An input without anything takes the app's own TLS away.
  @RequiresPermission(value = Permission.APP_EDIT, scoped = true)
  public TlsDetails put(String appId, String use, long revision, TlsInput input) {
    AppDetails app = apps.toChange(appId);
    StoredTls before = stored(app.id(), use(use));
    Revisions.check(before.revision(), revision);
    Instant now = clock.instant();
    StoredTls next = TlsCheck.next(before, input, now);
    store.write(next, now);
    changes.tell(Change.Kind.APP, List.of(app.id()));
    TlsDetails details = next.details();
    audit.record(
        AuditEntry.success(AuditEventName.APP_TLS_CHANGED)
            .on("app", app.id(), app.name())
            .with("use", details.use())
            .with("certificate", details.shown() == null ? null : details.shown().subject())
            .with("authorities", details.trusted().size()));
    return details;
  }

  private StoredTls stored(String appId, TlsUse use) {
    return store.find(appId, use).map(store::open).orElseGet(() -> StoredTls.none(appId, use));
  }

  private static TlsUse use(String code) {
    return TlsUse.ofCode(code)
        .orElseThrow(
            () ->
                new SallyportException(
                    ProblemType.NOT_FOUND, "TLS is kept for upstream and token-endpoint only."));
  }
}
