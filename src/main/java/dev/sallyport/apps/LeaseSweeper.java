package dev.sallyport.apps;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.util.List;

/// Drops reported upstreams whose lease is over by the database's clock: a node that was set ahead
/// must not take them from all.
@Singleton
@NoPermissionNeeded("A timer.")
public class LeaseSweeper {
  private record Gone(String appId, String appName, String upstream, String url) {}

  @Inject Sql sql;
  @Inject Changes changes;
  @Inject AuditLog audit;

  @Schedule(hour = "*", minute = "*", second = "2/5", persistent = false)
  void sweep() {
    List<Gone> gone =
        sql.query(
            "delete from upstream u using app a where a.id = u.app_id"
                + " and u.leased_until < clock_timestamp()"
                + " returning a.id, a.name, u.name as upstream, u.url",
            row ->
                new Gone(row.text("id"), row.text("name"), row.text("upstream"), row.text("url")));
    if (gone.isEmpty()) {
      return;
    }
    changes.tell(Change.Kind.APP, gone.stream().map(Gone::appId).distinct().toList());
    CallContext.system().run(() -> gone.forEach(this::record));
  }

  private void record(Gone gone) {
    audit.record(
        AuditEntry.success(AuditEventName.UPSTREAM_LEASE_EXPIRED)
            .on("app", gone.appId, gone.appName)
            .with("upstream", gone.upstream)
            .with("url", gone.url));
  }
}
