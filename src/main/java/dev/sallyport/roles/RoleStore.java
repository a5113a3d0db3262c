package dev.sallyport.roles;

import dev.sallyport.authz.Permission;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The tables of roles. Every method runs in the caller's transaction.
@ApplicationScoped
class RoleStore {
  private static final String SELECT =
      """
      select r.id, r.name, r.description, r.is_system, r.revision,
        coalesce((select string_agg(p.permission, ' ' order by p.permission)
          from role_permission p where p.role_id = r.id), '') as permissions,
        (select count(*) from assignment a where a.role_id = r.id
          and (a.expires_at is null or a.expires_at > ?)) as assignments
      from role r
      """;

  @Inject Sql sql;
  @Inject Clock clock;

  List<RoleDetails> all() {
    return sql.query(
        SELECT + "order by r.is_system desc, r.name", RoleStore::read, clock.instant());
  }

  Optional<RoleDetails> byId(String id) {
    return sql.first(SELECT + "where r.id = ?", RoleStore::read, clock.instant(), id);
  }

  private static RoleDetails read(Row row) throws SQLException {
    String permissions = row.text("permissions");
    return new RoleDetails(
        row.text("id"),
        row.text("name"),
        row.text("description"),
        row.flag("is_system"),
        permissions.isEmpty() ? List.of() : List.of(permissions.split(" ")),
        row.number("assignments"),
        row.number("revision"));
  }

  /// Whether another role has this name.
  boolean isTaken(String name, String ownId) {
    return sql.first(
            "select id from role where lower(name) = lower(?) and id <> ?",
            row -> row.text("id"),
            name,
            ownId)
        .isPresent();
  }

  void insert(String id, RoleCheck role) {
    sql.update(
        "insert into role (id, name, description) values (?, ?, ?)",
        id,
        role.name(),
        role.description());
    insertPermissions(id, role.permissions());
  }

  /// Others who change it wait until this transaction ends.
  void lock(String id) {
    sql.query("select id from role where id = ? for update", row -> 0, id);
  }

  void update(String id, RoleCheck role) {
    sql.update(
        "update role set name = ?, description = ?, revision = revision + 1 where id = ?",
        role.name(),
        role.description(),
        id);
    sql.update("delete from role_permission where role_id = ?", id);
    insertPermissions(id, role.permissions());
  }

  private void insertPermissions(String id, Set<Permission> permissions) {
    sql.update(
        "insert into role_permission (role_id, permission) select ?, name from unnest(?) name",
        id,
        permissions.stream().map(Permission::permissionName).toArray(String[]::new));
  }

  void delete(String id) {
    sql.update("delete from role where id = ?", id);
  }
}
