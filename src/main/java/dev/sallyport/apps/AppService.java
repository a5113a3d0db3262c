package dev.sallyport.apps;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Access;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.authz.Scope;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.config.Settings;
import dev.sallyport.persistence.Revisions;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Registers, changes and lists apps.
@Stateless
public class AppService {
  @PersistenceContext EntityManager em;
  @Inject Clock clock;
  @Inject AuditLog audit;
  @Inject Access access;
  @Inject Changes changes;
  @Inject Settings settings;
  @Inject HealthBoard board;
  @Inject Event<AppDeleted> deleted;

  @RequiresPermission(value = Permission.APP_READ, scoped = true)
  public List<AppDetails> list() {
    Scope scope = access.scope(Permission.APP_READ);
    Map<String, AppDetails.Lease> leases = new UpstreamStore(em).leases();
    return all().stream()
        .filter(app -> scope.covers(app.labels()))
        .map(app -> app.seen(leases, board))
        .toList();
  }

  /// The ids of the apps in a scope, for what is kept by app.
  @NoPermissionNeeded("Services narrow what they answer by it.")
  public Set<String> idsIn(Scope scope) {
    return em.createQuery("select a from App a", App.class)
        .getResultStream()
        .filter(app -> scope.covers(app.labels))
        .map(app -> app.id)
        .collect(Collectors.toSet());
  }

  /// The id of the app of this name, for what is kept by app.
  @NoPermissionNeeded("Services narrow what they do by it.")
  public Optional<String> idOf(String name) {
    return em.createQuery("select a.id from App a where a.name = :name", String.class)
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  /// Every app, for the gateway and for checks of other services.
  @NoPermissionNeeded("The gateway routes by it; no actor sees it.")
  public List<AppDetails> all() {
    Map<String, List<AppDetails.UpstreamDetails>> upstreams =
        em.createQuery("select u from Upstream u order by u.position", Upstream.class)
            .getResultStream()
            .collect(
                Collectors.groupingBy(
                    u -> u.appId, Collectors.mapping(Upstream::details, Collectors.toList())));
    return em.createQuery("select a from App a order by a.name", App.class)
        .getResultStream()
        .map(a -> a.details(upstreams.getOrDefault(a.id, List.of()), settings.publicBase()))
        .toList();
  }

  @RequiresPermission(value = Permission.APP_READ, scoped = true)
  public AppDetails get(String id) {
    return details(find(id, Permission.APP_READ)).seen(new UpstreamStore(em).leases(), board);
  }

  /// The app, for whoever is about to change something that belongs to it.
  @RequiresPermission(value = Permission.APP_EDIT, scoped = true)
  public AppDetails toChange(String id) {
    return details(find(id, Permission.APP_EDIT));
  }

  @RequiresPermission(value = Permission.APP_EDIT, scoped = true)
  public AppDetails create(AppInput input) {
    AppCheck.check(input, settings.publicUrl());
    requireFreeName(input, "");
    App app = new App(input, clock.instant());
    access.require(Permission.APP_EDIT, app.labels);
    em.persist(app);
    new UpstreamStore(em).store(app, input);
    return told(AuditEventName.APP_CREATED, app);
  }

  @RequiresPermission(value = Permission.APP_EDIT, scoped = true)
  public AppDetails update(String id, long revision, AppInput input) {
    App app = find(id, Permission.APP_EDIT);
    Revisions.check(app.revision, revision);
    AppCheck.check(input, settings.publicUrl());
    requireFreeName(input, id);
    app.apply(input, clock.instant());
    // Nobody moves an app out of what they may act on.
    access.require(Permission.APP_EDIT, app.labels);
    new UpstreamStore(em).store(app, input);
    return told(AuditEventName.APP_CHANGED, app);
  }

  @RequiresPermission(value = Permission.APP_DELETE, scoped = true)
  public void delete(String id, long revision) {
    App app = find(id, Permission.APP_DELETE);
    Revisions.check(app.revision, revision);
    told(AuditEventName.APP_DELETED, app);
    deleted.fire(new AppDeleted(app.id));
    em.remove(app);
  }

  private AppDetails told(AuditEventName event, App app) {
    em.flush();
    changes.tell(Change.Kind.APP, List.of(app.id));
    audit.record(
        AuditEntry.success(event)
            .on("app", app.id, app.name)
            .with("uri", app.uri)
            .with("publicAddress", app.publicAddress)
            .with("labels", app.labels));
    return details(app);
  }

  private App find(String id, Permission permission) {
    App app = em.find(App.class, id);
    if (app == null) {
      throw absent(id);
    }
    access.requireWithin(
        permission, Permission.APP_READ, scope -> scope.covers(app.labels), () -> absent(id));
    return app;
  }

  private static SallyportException absent(String id) {
    return new SallyportException(ProblemType.NOT_FOUND, "There is no app " + id + ".");
  }

  private AppDetails details(App app) {
    return app.details(
        new UpstreamStore(em).of(app.id).stream().map(Upstream::details).toList(),
        settings.publicBase());
  }

  private void requireFreeName(AppInput input, String ownId) {
    if (isTaken(Objects.requireNonNull(input.name()), ownId)) {
      throw new SallyportException(
          ProblemType.NAME_TAKEN, "There is an app named " + input.name() + " already.");
    }
    requireFreeHost(input.publicAddress(), ownId);
  }

  private boolean isTaken(String name, String ownId) {
    return em.createQuery("select a.id from App a where a.name = :value", String.class)
        .setParameter("value", name)
        .getResultStream()
        .anyMatch(id -> !id.equals(ownId));
  }

  /// Ports make no difference to a browser's cookies: two apps on one host would get each other's.
  private void requireFreeHost(@Nullable String address, String ownId) {
    String host = address == null ? null : PublicAddress.host(address);
    boolean isTaken =
        host != null
            && em.createQuery("select a from App a where a.publicAddress is not null", App.class)
                .getResultStream()
                .filter(app -> !app.id.equals(ownId))
                .map(app -> Objects.requireNonNull(app.publicAddress))
                .anyMatch(other -> PublicAddress.host(other).equals(host));
    if (isTaken) {
      throw new SallyportException(
          ProblemType.NAME_TAKEN, "Another app has the host " + host + " already.");
    }
  }
}
