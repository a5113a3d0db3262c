package dev.sallyport.roles;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Actors;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Scope;
import dev.sallyport.persistence.Sql;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Assignments that other features keep: of keys and rules, and those that group mappings give.
@Stateless
@NoPermissionNeeded("Services call it that have checked what they do.")
public class Assignments {
  @Inject Sql sql;
  @Inject AssignmentStore store;
  @Inject RoleDirectory roles;
  @Inject Actors actors;
  @Inject AuditLog audit;

  /// A role that a group mapping gives; without a scope it holds everywhere.
  public record MappedRole(String roleId, @Nullable Scope scope) {
    private String key() {
      return scope == null || scope.isEverything() ? roleId : roleId + " " + Selectors.write(scope);
    }
  }

  /// As [#replaceMappedRoles], everywhere.
  public void replaceMapped(String userId, String providerId, Set<String> roleIds) {
    replaceMappedRoles(
        userId, providerId, roleIds.stream().map(role -> new MappedRole(role, null)).toList());
  }

  /// Makes the roles that a provider's mappings give to a user just these: what the groups no
  /// longer carry is gone. The identity provider decides here, so even the last admin may go; the
  /// operator has other ways back in.
  public void replaceMappedRoles(String userId, String providerId, Collection<MappedRole> wanted) {
    String source = AssignmentStore.PROVIDER + providerId;
    Map<String, MappedRole> missing =
        wanted.stream().collect(Collectors.toMap(MappedRole::key, role -> role, (a, b) -> a));
    var gone = new TreeSet<String>();
    for (AssignmentDetails held : mapped(userId, source)) {
      String key = new MappedRole(held.role(), scope(held)).key();
      if (missing.remove(key) == null) {
        store.delete(held.id());
        gone.add(key);
      }
    }
    missing.values().forEach(role -> store.insert(mapped(userId, source, role)));
    if (!gone.isEmpty() || !missing.isEmpty()) {
      audit.record(
          AuditEntry.success(AuditEventName.ROLES_MAPPED)
              .on("user", userId, nameOf(ActorKind.USER, userId))
              .with("source", source)
              .with("given", text(missing.keySet()))
              .with("taken", text(gone)));
    }
  }

  private List<AssignmentDetails> mapped(String userId, String source) {
    return store.of(ActorKind.USER, userId).stream()
        .filter(held -> held.source().equals(source))
        .toList();
  }

  private static AssignmentStore.New mapped(String userId, String source, MappedRole role) {
    Scope scope = Objects.requireNonNullElse(role.scope(), Scope.EVERYTHING);
    return new AssignmentStore.New(ActorKind.USER, userId, role.roleId(), scope, source, null);
  }

  private static @Nullable String text(Collection<String> keys) {
    return keys.isEmpty() ? null : String.join(", ", new TreeSet<>(keys));
  }

  static Scope scope(AssignmentDetails assignment) {
    Map<String, List<String>> selector = assignment.scope();
    return selector == null ? Scope.EVERYTHING : Scope.of(selector);
  }

  /// Takes away whatever the mappings of a provider gave; for a provider that goes.
  public void removeMapped(String providerId) {
    store.deleteSource(AssignmentStore.PROVIDER + providerId);
  }

  /// Gives a key, or a rule for workloads, its one own role. What it had as its own is gone.
  public void setOfKey(
      ActorKind kind,
      String keyId,
      String roleId,
      @Nullable Scope scope,
      @Nullable Instant expiresAt) {
    store.deleteOfSource(kind, keyId, AssignmentStore.KEY);
    store.insert(
        new AssignmentStore.New(
            kind,
            keyId,
            roleId,
            Objects.requireNonNullElse(scope, Scope.EVERYTHING),
            AssignmentStore.KEY,
            expiresAt));
  }

  /// Takes everything from an actor that goes for good.
  public void removeOf(ActorKind kind, String actorId) {
    store.deleteOf(kind, actorId);
  }

  /// What an actor has now.
  public List<AssignmentDetails> of(ActorKind kind, String actorId) {
    String name = nameOf(kind, actorId);
    return store.of(kind, actorId).stream().map(held -> held.withActorName(name)).toList();
  }

  private String nameOf(ActorKind kind, String actorId) {
    return actors.find(kind, actorId).map(actor -> actor.name()).orElse(actorId);
  }

  /// Makes the first admin of a user, while there is none. Answers whether it did.
  public boolean grantFirstAdmin(String userId, String providerId) {
    lockAdmins();
    if (roles.hasAdmin()) {
      return false;
    }
    removeExpired();
    store
        .insert(
            new AssignmentStore.New(
                ActorKind.USER,
                userId,
                RoleDirectory.ADMIN,
                Scope.EVERYTHING,
                AssignmentStore.BOOTSTRAP,
                null))
        .ifPresent(
            id ->
                audit.record(
                    AuditEntry.success(AuditEventName.ASSIGNMENT_CREATED)
                        .on("assignment", id, nameOf(ActorKind.USER, userId))
                        .with("actor", "user " + userId)
                        .with("role", RoleDirectory.ADMIN)
                        .with("source", AssignmentStore.BOOTSTRAP)
                        .with("provider", providerId)));
    return true;
  }

  /// Whoever may take the last admin away waits here for others who may; the end of the transaction
  /// lets them go on. Taken before the change, [#requireAnAdminLeft] asked after it.
  public void lockAdmins() {
    sql.lock("admins");
  }

  /// Refuses a change that left nobody who administers without an end.
  public void requireAnAdminLeft() {
    if (!roles.hasStandingAdmin()) {
      throw new SallyportException(
          ProblemType.LAST_ADMIN, "Nobody else is an administrator without an end.");
    }
  }

  /// Drops what has run out, so that the audit says when; nothing counted it any more.
  @Schedule(hour = "*", minute = "*/5", persistent = false)
  public void removeExpired() {
    CallContext.system()
        .run(
            () ->
                store
                    .takeExpired()
                    .forEach(
                        gone ->
                            audit.record(
                                AuditEntry.success(AuditEventName.ASSIGNMENT_EXPIRED)
                                    .on("assignment", gone.id(), gone.actorId())
                                    .with("actor", gone.actorKind() + " " + gone.actorId())
                                    .with("role", gone.role())
                                    .with("expiresAt", gone.expiresAt()))));
  }
}
