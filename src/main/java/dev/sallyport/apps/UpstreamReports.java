package dev.sallyport.apps;

import dev.sallyport.apps.AppDetails.UpstreamDetails;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Access;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.persistence.Sql;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Upstreams that report themselves and are believed for the time of a lease. What an admin
/// configured, or another reports, is out of their reach; renewing changes nothing but the time.
@Stateless
public class UpstreamReports {
  private static final int MAX_UPSTREAMS = 100;

  @PersistenceContext EntityManager em;
  @Inject Sql sql;
  @Inject AuditLog audit;
  @Inject Access access;
  @Inject Changes changes;
  @Inject HealthBoard board;

  /// Takes a report, or renews it.
  @RequiresPermission(value = Permission.UPSTREAM_REPORT, scoped = true)
  public UpstreamDetails report(String appId, String name, UpstreamReport report) {
    App app = find(appId);
    CheckedReport checked = CheckedReport.of(app, name, report);
    Instant until = sql.now().plus(checked.lease());
    List<Upstream> all = new UpstreamStore(em).of(appId);
    Optional<Upstream> known = named(all, name);
    known.ifPresent(this::requireMine);
    if (known.isPresent() && known.get().url.equals(checked.url())) {
      known.get().lease(reporter(), until);
      return seen(known.get());
    }
    Upstream upstream =
        known.isPresent() ? known.get() : added(new Upstream(appId, name, checked.url(), 0), all);
    upstream.move(checked.url(), upstream.position);
    upstream.lease(reporter(), until);
    tell(AuditEventName.UPSTREAM_REPORTED, app, upstream);
    return seen(upstream);
  }

  /// Takes a report back before its time.
  @RequiresPermission(value = Permission.UPSTREAM_REPORT, scoped = true)
  public void withdraw(String appId, String name) {
    App app = find(appId);
    Upstream upstream =
        named(new UpstreamStore(em).of(appId), name)
            .orElseThrow(
                () ->
                    new SallyportException(
                        ProblemType.NOT_FOUND, "The app has no upstream " + name + "."));
    requireMine(upstream);
    em.remove(upstream);
    tell(AuditEventName.UPSTREAM_WITHDRAWN, app, upstream);
  }

  private UpstreamDetails seen(Upstream upstream) {
    return upstream.details().seen(upstream.lease(), board);
  }

  private Upstream added(Upstream upstream, List<Upstream> others) {
    FieldErrors errors = new FieldErrors();
    errors.addIf(
        others.size() >= MAX_UPSTREAMS,
        "name",
        "is one too many: the app has " + MAX_UPSTREAMS + " upstreams already.");
    errors.throwIfAny();
    int last = others.stream().mapToInt(other -> other.position).max().orElse(-1);
    upstream.move(upstream.url, last + 1);
    em.persist(upstream);
    return upstream;
  }

  // Locked, so that two reports of one name don't meet.
  private App find(String id) {
    App app = em.find(App.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (app == null) {
      throw absent(id);
    }
    access.requireWithin(
        Permission.UPSTREAM_REPORT,
        Permission.APP_READ,
        scope -> scope.covers(app.labels),
        () -> absent(id));
    return app;
  }

  private static SallyportException absent(String id) {
    return new SallyportException(ProblemType.NOT_FOUND, "There is no app " + id + ".");
  }

  private static Optional<Upstream> named(List<Upstream> upstreams, String name) {
    return upstreams.stream().filter(upstream -> upstream.name.equals(name)).findFirst();
  }

  private void requireMine(Upstream upstream) {
    AppDetails.Lease lease = upstream.lease();
    if (lease == null) {
      throw new SallyportException(
          ProblemType.NAME_TAKEN,
          "The upstream " + upstream.name + " is configured; report under another name.");
    }
    boolean isOver = lease.until().isBefore(sql.now());
    if (!isOver && !lease.reportedBy().equals(reporter())) {
      throw new SallyportException(
          ProblemType.NAME_TAKEN,
          "The upstream " + upstream.name + " is reported by another; report under another name.");
    }
  }

  private static String reporter() {
    return CallContext.current().actor().id();
  }

  private void tell(AuditEventName event, App app, Upstream upstream) {
    em.flush();
    changes.tell(Change.Kind.APP, List.of(app.id));
    audit.record(
        AuditEntry.success(event)
            .on("app", app.id, app.name)
            .with("upstream", upstream.name)
            .with("url", upstream.url));
  }
}
