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
import dev.sallyport.authz.Scope;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.roles.Assignments;
import dev.sallyport.roles.Conferral;
import dev.sallyport.roles.RoleDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes, lists and deletes keys.
@Stateless
public class ApiKeyService {
  static final String PREFIX = "sp_";

  @Inject ApiKeyStore store;
  @Inject ApiKeyList list;
  @Inject KeyCheck check;
  @Inject Clock clock;
  @Inject Conferral conferral;
  @Inject Assignments assignments;
  @Inject AuditLog audit;

  @RequiresPermission(Permission.AUTH_KEY_LIST)
  public Page<ApiKeySummary> list(ApiKeyFilter filter, @Nullable Cursor after, int limit) {
    return list.page(filter, after, limit);
  }

  /// A piece of the list by its position, for scrolling through it.
  @RequiresPermission(Permission.AUTH_KEY_LIST)
  public List<ApiKeySummary> slice(ApiKeyFilter filter, int offset, int limit) {
    return list.slice(filter, offset, limit);
  }

  @RequiresPermission(Permission.AUTH_KEY_LIST)
  public long count(ApiKeyFilter filter) {
    return list.count(filter);
  }

  @RequiresPermission(Permission.AUTH_KEY_LIST)
  public ApiKeySummary get(String id) {
    return found(id);
  }

  private ApiKeySummary found(String id) {
    return list.byId(id)
        .orElseThrow(
            () -> new SallyportException(ProblemType.NOT_FOUND, "There is no key " + id + "."));
  }

  @RequiresPermission(Permission.AUTH_KEY_CREATE)
  public CreatedKey create(NewKey wanted) {
    // A key would outlive the token of a job, and the rule that lets it in.
    if (CallContext.current().actor().kind() == ActorKind.WORKLOAD) {
      throw new SallyportException(ProblemType.FORBIDDEN, "Workloads make no keys.");
    }
    Scope scope = check.check(wanted);
    conferral.requireUntil(wanted.role(), scope, wanted.expiresAt());
    return made(wanted, scope, RandomTokens.credential(PREFIX));
  }

  /// Stores a key of a known value; for bootstrap and recovery, which check for themselves.
  @NoPermissionNeeded("The operator's token was checked by the caller.")
  public CreatedKey store(NewKey wanted, Secret value) {
    return made(wanted, Scope.EVERYTHING, value);
  }

  private CreatedKey made(NewKey wanted, Scope scope, Secret value) {
    Actor actor = CallContext.current().actor();
    String id = RandomTokens.id("key_");
    var by = new ApiKeyStore.Made(actor.id(), ownerFor(actor), clock.instant());
    store.insert(id, wanted, by);
    store.addValue(id, value, by.at());
    assignments.setOfKey(wanted.kind(), id, wanted.role(), scope, wanted.expiresAt());
    audit.record(
        AuditEntry.success(AuditEventName.KEY_CREATED)
            .on("api_key", id, wanted.name())
            .with("role", wanted.role())
            .with("scope", wanted.scope())
            .with("owner", by.owner())
            .with("expiresAt", wanted.expiresAt()));
    return new CreatedKey(found(id), value);
  }

  /// A key that a person's key makes is the person's as well, or it would outlive them.
  private @Nullable String ownerFor(Actor actor) {
    return actor.kind() == ActorKind.USER ? actor.id() : store.ownerOf(actor.id());
  }

  @RequiresPermission(Permission.AUTH_KEY_DELETE)
  public void delete(String id) {
    assignments.lockAdmins();
    ApiKeySummary key = found(id);
    remove(key, null);
    if (key.roles().contains(RoleDirectory.ADMIN)) {
      assignments.requireAnAdminLeft();
    }
  }

  /// Ends the keys of a person who goes.
  @NoPermissionNeeded("Whoever deactivates the person was checked there.")
  public void deleteOfOwner(String ownerId) {
    store.idsOfOwner(ownerId).forEach(id -> remove(found(id), "owner-deactivated"));
  }

  /// Removes what an earlier recovery made.
  @NoPermissionNeeded("The operator's token is the permission.")
  public void deleteRecovered(String namePrefix) {
    store
        .idsByNamePrefix(namePrefix, Actor.SYSTEM.id())
        .forEach(id -> remove(found(id), "recovered-again"));
  }

  private void remove(ApiKeySummary key, @Nullable String why) {
    assignments.removeOf(ActorKind.ofCode(key.kind()), key.id());
    store.delete(key.id());
    audit.record(
        AuditEntry.success(AuditEventName.KEY_DELETED)
            .on("api_key", key.id(), key.name())
            .with("why", why));
  }
}
