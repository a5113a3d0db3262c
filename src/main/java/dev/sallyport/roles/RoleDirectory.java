package dev.sallyport.roles;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Actors;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.Scope;
import dev.sallyport.cluster.DatabaseReady;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.annotation.Priority;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Answers what roles hold and what actors hold through them, live: an assignment that ran out or
/// was revoked counts no more with the next question.
@Stateless
@NoPermissionNeeded("Authenticators ask before there is an actor.")
public class RoleDirectory {
  public static final String ADMIN = "r-admin";

  /// Front proxies and app servers. Such a one may report on the upstreams of the apps that it
  /// serves, never on all: without a scope, the role confers everything else it holds.
  public static final String AGENT = "r-agent";

  @Inject Sql sql;
  @Inject Clock clock;
  @Inject Actors actors;

  /// What an actor holds, and where: the union over its live assignments.
  public Map<Permission, Scope> grantsOf(ActorKind kind, String actorId) {
    return grantsOf(kind, actorId, clock.instant());
  }

  /// What it will hold at a later moment if nobody changes anything.
  public Map<Permission, Scope> grantsOf(ActorKind kind, String actorId, Instant at) {
    return Grants.union(
        sql.query(
            """
            select a.role_id, a.scope, p.permission
            from assignment a join role_permission p on p.role_id = a.role_id
            where a.actor_kind = ? and a.actor_id = ?
              and (a.expires_at is null or a.expires_at > ?)
            """,
            RoleDirectory::held,
            kind.code(),
            actorId,
            at));
  }

  /// When assignments of an actor run out.
  public Set<Instant> endsOf(ActorKind kind, String actorId) {
    return Set.copyOf(
        sql.query(
            """
            select distinct expires_at from assignment
            where actor_kind = ? and actor_id = ? and expires_at > ?
            """,
            row -> row.instant("expires_at"),
            kind.code(),
            actorId,
            clock.instant()));
  }

  private static Grants.Held held(Row row) throws SQLException {
    return new Grants.Held(
        row.text("role_id"),
        Selectors.read(row.textOrNull("scope")),
        Set.of(Permission.find(row.text("permission")).orElseThrow()));
  }

  /// What an assignment of this role within this scope confers.
  public Map<Permission, Scope> grantsOfRole(String roleId, Scope scope) {
    return Grants.union(List.of(new Grants.Held(roleId, scope, permissionsOf(roleId))));
  }

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

  /// Whether anybody administers: holds everything by the role of administrators.
  public boolean hasAdmin() {
    return sql
        .query(
            """
            select distinct actor_kind, actor_id from assignment
            where role_id = ? and scope is null and (expires_at is null or expires_at > ?)
            """,
            RoleDirectory::actor,
            ADMIN,
            clock.instant())
        .stream()
        .anyMatch(this::administers);
  }

  /// Whether somebody administers without an end in sight, so that time alone takes no last admin.
  public boolean hasStandingAdmin() {
    return sql
        .query(
            """
            select distinct actor_kind, actor_id from assignment
            where role_id = ? and scope is null and expires_at is null
            """,
            RoleDirectory::actor,
            ADMIN)
        .stream()
        .anyMatch(this::administers);
  }

  private record ActorKey(ActorKind kind, String id) {}

  private static ActorKey actor(Row row) throws SQLException {
    return new ActorKey(ActorKind.ofCode(row.text("actor_kind")), row.text("actor_id"));
  }

  // A key is capped by its owner: the assignment alone proves nothing.
  private boolean administers(ActorKey key) {
    return actors.find(key.kind(), key.id()).filter(RoleDirectory::holdsEverything).isPresent();
  }

  private static boolean holdsEverything(Actor actor) {
    return Arrays.stream(Permission.values()).allMatch(p -> actor.scopeOf(p).isEverything());
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
