package dev.sallyport.appauth;

import dev.sallyport.appauth.verification.OwnIssuers;
import dev.sallyport.apps.LabelSelector;
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
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.issuers.IssuerInput;
import dev.sallyport.issuers.IssuerService;
import dev.sallyport.persistence.Revisions;
import dev.sallyport.persistence.Sql;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Keeps the app auth configs.
@Stateless
public class AppAuthConfigService {
  @PersistenceContext EntityManager em;
  @Inject Clock clock;
  @Inject AuditLog audit;
  @Inject Access access;
  @Inject Changes changes;
  @Inject IssuerService issuers;
  @Inject Settings settings;
  @Inject Sql sql;
  @Inject @Any Instance<ReservedAudiences> reserved;

  private static boolean isWithin(Scope scope, Map<String, List<String>> appLabels) {
    return scope.isEverything() || LabelSelector.of(appLabels).isWithin(scope);
  }

  /// Refuses a config that could let anybody into an app outside of what the actor may act on.
  private void requireWithin(Permission permission, Map<String, List<String>> appLabels) {
    access.requireWithin(
        permission,
        permission,
        scope -> isWithin(scope, appLabels),
        () ->
            SallyportException.invalid(
                "appLabels", "must name the labels of your scope, with their values as they are."));
  }

  @NoPermissionNeeded("Verification needs every config; no actor sees them.")
  public List<AppAuthConfigDetails> all() {
    return em.createQuery(
            "select c, i.iss from AppAuthConfig c join Issuer i on i.id = c.issuerId"
                + " order by c.name",
            Object[].class)
        .getResultStream()
        .map(row -> ((AppAuthConfig) row[0]).details((String) row[1]))
        .toList();
  }

  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_READ, scoped = true)
  public AppAuthConfigDetails get(String id) {
    AppAuthConfig config = find(id, Permission.APP_AUTH_CONFIG_READ);
    return config.details(issOf(config));
  }

  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_TEST, scoped = true)
  public AppAuthConfigDetails toTest(String id) {
    AppAuthConfig config = find(id, Permission.APP_AUTH_CONFIG_TEST);
    return config.details(issOf(config));
  }

  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_EDIT, scoped = true)
  public AppAuthConfigDetails create(AppAuthConfigInput input) {
    CheckedConfig checked = checked(input, "");
    requireWithin(Permission.APP_AUTH_CONFIG_EDIT, checked.appLabels());
    IssuerDetails issuer = issuers.resolve(issuerOf(input, settings), "jwt.");
    AppAuthConfig config = new AppAuthConfig(checked, issuer.id(), clock.instant());
    em.persist(config);
    return told(AuditEventName.CONFIG_CREATED, config);
  }

  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_EDIT, scoped = true)
  public AppAuthConfigDetails update(String id, long revision, AppAuthConfigInput input) {
    AppAuthConfig config = find(id, Permission.APP_AUTH_CONFIG_EDIT);
    Revisions.check(config.revision, revision);
    CheckedConfig checked = checked(input, id);
    requireWithin(Permission.APP_AUTH_CONFIG_EDIT, checked.appLabels());
    IssuerDetails issuer = issuers.resolve(issuerOf(input, settings), "jwt.");
    config.apply(checked, issuer.id(), clock.instant());
    return told(AuditEventName.CONFIG_CHANGED, config);
  }

  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_DELETE, scoped = true)
  public void delete(String id, long revision) {
    AppAuthConfig config = find(id, Permission.APP_AUTH_CONFIG_DELETE);
    Revisions.check(config.revision, revision);
    told(AuditEventName.CONFIG_DELETED, config);
    em.remove(config);
  }

  private CheckedConfig checked(AppAuthConfigInput input, String ownId) {
    var errors = new FieldErrors();
    CheckedConfig checked = new ConfigCheck(input, errors).check();
    AppAuthConfigInput.JwtInput jwt = input.jwt();
    boolean hasIssuer = jwt != null && jwt.issuer() != null && !jwt.issuer().isBlank();
    errors.addIf(jwt != null && !hasIssuer, "jwt.issuer", "must be the `iss` of the tokens.");
    errors.throwIfAny();
    boolean isTaken =
        em.createQuery("select c.id from AppAuthConfig c where c.name = :name", String.class)
            .setParameter("name", checked.name())
            .getResultStream()
            .anyMatch(id -> !id.equals(ownId));
    if (isTaken) {
      throw new SallyportException(
          ProblemType.NAME_TAKEN, "There is a config named " + checked.name() + " already.");
    }
    requireFreeAudience(checked.audience());
    return checked;
  }

  private void requireFreeAudience(@Nullable String audience) {
    sql.lock(ReservedAudiences.LOCK);
    if (audience != null && reserved.stream().anyMatch(other -> other.isReserved(audience))) {
      throw new SallyportException(
          ProblemType.AUDIENCE_IN_USE, "Workloads call REST with tokens for this audience.");
    }
  }

  /// The issuer that an input names. Nobody signs in at our own assertions.
  static IssuerInput issuerOf(AppAuthConfigInput input, Settings settings) {
    AppAuthConfigInput.JwtInput jwt = Objects.requireNonNull(input.jwt());
    boolean isOwn = OwnIssuers.under(settings.publicBase()).assertions().equals(jwt.issuer());
    return new IssuerInput(
        jwt.issuer(), jwt.jwksUrl(), jwt.staticJwks(), jwt.subjectClaim(), isOwn ? false : null);
  }

  private AppAuthConfigDetails told(AuditEventName event, AppAuthConfig config) {
    em.flush();
    changes.tell(Change.Kind.CONFIG, List.of(config.id));
    AppAuthConfigDetails details = config.details(issOf(config));
    audit.record(
        AuditEntry.success(event)
            .on("app_auth_config", config.id, config.name)
            .with("issuer", details.jwt().issuer())
            .with("audience", config.audience)
            .with("appLabels", config.appLabels)
            .with("enabled", config.enabled));
    return details;
  }

  private String issOf(AppAuthConfig config) {
    return em.createQuery("select i.iss from Issuer i where i.id = :id", String.class)
        .setParameter("id", config.issuerId)
        .getSingleResult();
  }

  private AppAuthConfig find(String id, Permission permission) {
    AppAuthConfig config = em.find(AppAuthConfig.class, id);
    if (config == null) {
      throw absent(id);
    }
    access.requireWithin(
        permission,
        Permission.APP_AUTH_CONFIG_READ,
        scope -> isWithin(scope, config.appLabels),
        () -> absent(id));
    return config;
  }

  private static SallyportException absent(String id) {
    return new SallyportException(ProblemType.NOT_FOUND, "There is no config " + id + ".");
  }
}
