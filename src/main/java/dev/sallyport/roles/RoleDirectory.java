package dev.sallyport.roles;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Permission;
import dev.sallyport.cluster.DatabaseReady;
import dev.sallyport.persistence.Sql;
import jakarta.annotation.Priority;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Answers what a role holds.
@Stateless
@NoPermissionNeeded("Authenticators ask before there is an actor.")
public class RoleDirectory {
  public static final String ADMIN = "r-admin";

  @Inject Sql sql;

  /// The permissions of a role; none when there is no such role.
  public Set<Permission> permissionsOf(String roleId) {
    List<Permission> held =
        sql.query(
            "select permission from role_permission where role_id = ?",
            row -> Permission.find(row.text("permission")).orElseThrow(),
            roleId);
    return held.isEmpty() ? Set.of() : EnumSet.copyOf(held);
  }

  public boolean exists(String roleId) {
    return sql.first("select id from role where id = ?", row -> row.text("id"), roleId).isPresent();
  }

  /// The ids of all roles, for forms and messages.
  public List<String> ids() {
    return sql.query("select id from role order by id", row -> row.text("id"));
  }

  /// Code and database must know the same permissions, or a role would silently hold less.
  public void check(@Observes @Priority(DatabaseReady.ACCESS) DatabaseReady ready) {
    var stored =
        new TreeSet<String>(sql.query("select name from permission", row -> row.text("name")));
    var known = new TreeSet<String>();
    for (Permission permission : Permission.values()) {
      known.add(permission.permissionName());
    }
    if (!stored.equals(known)) {
      throw new IllegalStateException(
          "permissions in code " + known + " and in the database " + stored + " differ");
    }
  }
}
