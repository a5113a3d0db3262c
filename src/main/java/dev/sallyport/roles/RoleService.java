package dev.sallyport.roles;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.authz.Scope;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Revisions;
import dev.sallyport.persistence.SqlFailedException;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps the roles. Whoever writes one must hold, everywhere, all that it held and will hold: its
/// holders may have it everywhere.
@Stateless
public class RoleService {
  @Inject RoleStore store;
  @Inject Assignments assignments;
  @Inject Conferral conferral;
  @Inject AuditLog audit;

  @RequiresPermission(Permission.AUTH_ROLE_LIST)
  public List<RoleDetails> list() {
    return store.all();
  }

  @RequiresPermission(Permission.AUTH_ROLE_LIST)
  public RoleDetails get(String id) {
    return find(id);
  }

  /// Everything that a role can hold.
  @RequiresPermission(Permission.AUTH_ROLE_LIST)
  public List<PermissionDetails> permissions() {
    return Arrays.stream(Permission.values()).map(PermissionDetails::of).toList();
  }

  @RequiresPermission(Permission.AUTH_ROLE_CREATE)
  public RoleDetails create(RoleInput input) {
    RoleCheck role = RoleCheck.of(input);
    conferral.requireHeld(everywhere(role.permissions()));
    requireFreeName(role.name(), "");
    String id = RandomTokens.id("rol_");
    store.insert(id, role);
    return told(AuditEventName.ROLE_CREATED, find(id), null);
  }

  @RequiresPermission(Permission.AUTH_ROLE_EDIT)
  public RoleDetails update(String id, long revision, RoleInput input) {
    RoleDetails before = custom(id);
    Revisions.check(before.revision(), revision);
    RoleCheck role = RoleCheck.of(input);
    conferral.requireHeld(everywhere(held(before)));
    Map<Permission, Scope> added = everywhere(role.permissions());
    conferral.requireHeld(added);
    // Some may hold the role for good.
    added.keySet().removeAll(held(before));
    conferral.require(moment -> added);
    requireFreeName(role.name(), id);
    store.update(id, role);
    return told(AuditEventName.ROLE_CHANGED, find(id), before);
  }

  @RequiresPermission(Permission.AUTH_ROLE_DELETE)
  public void delete(String id, long revision) {
    RoleDetails role = custom(id);
    Revisions.check(role.revision(), revision);
    conferral.requireHeld(everywhere(held(role)));
    if (role.assignments() > 0) {
      throw inUse(role);
    }
    assignments.removeExpired();
    try {
      store.delete(id);
    } catch (SqlFailedException e) {
      // Somebody got it just now, or a mapping or rule gives it.
      throw e.getCause() instanceof SQLException sql && "23503".equals(sql.getSQLState())
          ? inUse(role)
          : e;
    }
    told(AuditEventName.ROLE_DELETED, role, null);
  }

  private static SallyportException inUse(RoleDetails role) {
    return new SallyportException(
        ProblemType.ROLE_IN_USE,
        role.assignments() > 0
            ? role.name() + " has " + role.assignments() + " assignments; revoke them first."
            : role.name() + " is given by a group mapping or another rule; change that first.");
  }

  private RoleDetails find(String id) {
    return store
        .byId(id)
        .orElseThrow(
            () -> new SallyportException(ProblemType.NOT_FOUND, "There is no role " + id + "."));
  }

  /// A role that may be changed, locked until the change is made.
  private RoleDetails custom(String id) {
    store.lock(id);
    RoleDetails role = find(id);
    if (role.system()) {
      throw new SallyportException(
          ProblemType.ROLE_IS_SYSTEM, role.name() + " is a system role and stays as it is.");
    }
    return role;
  }

  private void requireFreeName(String name, String ownId) {
    if (store.isTaken(name, ownId)) {
      throw new SallyportException(
          ProblemType.NAME_TAKEN, "There is a role named " + name + " already.");
    }
  }

  private static List<Permission> held(RoleDetails role) {
    return role.permissions().stream().map(name -> Permission.find(name).orElseThrow()).toList();
  }

  private static Map<Permission, Scope> everywhere(Collection<Permission> permissions) {
    var conferred = new EnumMap<Permission, Scope>(Permission.class);
    permissions.forEach(permission -> conferred.put(permission, Scope.EVERYTHING));
    return conferred;
  }

  private RoleDetails told(AuditEventName event, RoleDetails role, @Nullable RoleDetails before) {
    audit.record(
        AuditEntry.success(event)
            .on("role", role.id(), role.name())
            .with("permissions", String.join(" ", role.permissions()))
            .with("before", before == null ? null : String.join(" ", before.permissions())));
    return role;
  }
}
