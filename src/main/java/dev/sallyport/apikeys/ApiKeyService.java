package dev.sallyport.apikeys;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.roles.RoleDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes, lists, resolves and deletes keys.
@Stateless
public class ApiKeyService {
  static final String PREFIX = "sp_";
  private static final Set<ActorKind> KINDS =
      EnumSet.of(ActorKind.API_KEY, ActorKind.PROXY, ActorKind.WORKLOAD);

  @PersistenceContext EntityManager em;
  @Inject Clock clock;
  @Inject RoleDirectory roles;
  @Inject AuditLog audit;

  @RequiresPermission(Permission.AUTH_KEY_LIST)
  public List<ApiKeySummary> list() {
    return em.createQuery("select k from ApiKey k order by k.name", ApiKey.class)
        .getResultStream()
        .map(ApiKey::summary)
        .toList();
  }

  @RequiresPermission(Permission.AUTH_KEY_CREATE)
  public CreatedKey create(NewKey wanted) {
    check(wanted);
    Set<Permission> conferred = roles.permissionsOf(wanted.role());
    if (!CallContext.current().actor().permissions().containsAll(conferred)) {
      throw new SallyportException(
          ProblemType.FORBIDDEN, "The role " + wanted.role() + " holds more than you do.");
    }
    return store(wanted, RandomTokens.credential(PREFIX));
  }

  private void check(NewKey wanted) {
    var errors = new FieldErrors();
    errors.addIf(
        wanted.name().isBlank() || wanted.name().length() > 100,
        "name",
        "must have 1 to 100 characters.");
    errors.addIf(
        !roles.exists(wanted.role()),
        "role",
        "must be one of " + String.join(", ", roles.ids()) + ".");
    errors.addIf(!KINDS.contains(wanted.kind()), "kind", "must be api-key, proxy or workload.");
    Instant expiry = wanted.expiresAt();
    errors.addIf(
        expiry != null && !expiry.isAfter(clock.instant()), "expiresAt", "must lie in the future.");
    errors.throwIfAny();
    if (!named(wanted.name()).isEmpty()) {
      throw new SallyportException(
          ProblemType.NAME_TAKEN, "There is a key named " + wanted.name() + " already.");
    }
  }

  private List<ApiKey> named(String name) {
    return em.createQuery("select k from ApiKey k where k.name = :name", ApiKey.class)
        .setParameter("name", name)
        .getResultList();
  }

  /// Stores a key of a known value; for bootstrap and recovery, which check for themselves.
  @NoPermissionNeeded("The operator's token was checked by the caller.")
  public CreatedKey store(NewKey wanted, Secret value) {
    String hint = value.reveal().substring(0, Math.min(8, value.reveal().length()));
    ApiKey key =
        new ApiKey(
            wanted,
            TokenHash.of(value.reveal()),
            hint,
            clock.instant(),
            CallContext.current().actor().id());
    em.persist(key);
    audit.record(
        AuditEntry.success(AuditEventName.KEY_CREATED)
            .on("api_key", key.id, key.name)
            .with("role", key.roleId)
            .with("expiresAt", key.expiresAt));
    return new CreatedKey(key.summary(), value);
  }

  @RequiresPermission(Permission.AUTH_KEY_DELETE)
  public void delete(String id) {
    ApiKey key = em.find(ApiKey.class, id);
    if (key == null) {
      throw new SallyportException(ProblemType.NOT_FOUND, "There is no key " + id + ".");
    }
    em.remove(key);
    audit.record(AuditEntry.success(AuditEventName.KEY_DELETED).on("api_key", id, key.name));
  }

  /// The actor behind a key, with the permissions of this moment.
  @NoPermissionNeeded("Authentication comes before there is an actor.")
  public Optional<Actor> resolve(Secret value) {
    return em.createQuery("select k from ApiKey k where k.hash = :hash", ApiKey.class)
        .setParameter("hash", TokenHash.of(value.reveal()).bytes())
        .getResultStream()
        .findFirst()
        .flatMap(this::actor);
  }

  /// The actor of a key by its id; empty when the key is gone or expired.
  @NoPermissionNeeded("Authentication comes before there is an actor.")
  public Optional<Actor> resolveId(String id) {
    return Optional.ofNullable(em.find(ApiKey.class, id)).flatMap(this::actor);
  }

  private Optional<Actor> actor(ApiKey key) {
    if (!key.isLive(clock.instant())) {
      return Optional.empty();
    }
    return Optional.of(
        Actor.holding(key.actorKind(), key.id, key.name, roles.permissionsOf(key.roleId)));
  }
}
