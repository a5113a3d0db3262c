package dev.sallyport.appauth;

import dev.sallyport.apps.AppService;
import dev.sallyport.authz.Access;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.authz.Scope;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/// The table of the last refusals; the newest thousand are kept.
@Stateless
public class RefusalStore {
  private static final int KEPT = 1_000;

  @Inject Sql sql;
  @Inject Access access;
  @Inject AppService apps;

  @NoPermissionNeeded("The gateway writes what it refused.")
  public void write(List<Refusals.Refusal> batch) {
    for (Refusals.Refusal r : batch) {
      sql.update(
          """
          insert into refusal (at, app_id, app_name, code, iss, aud, sub, kid, client, address,
            failing_check, expected, found, request_id)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
          r.at(),
          r.appId(),
          r.app(),
          r.code(),
          r.iss(),
          r.aud(),
          r.sub(),
          r.kid(),
          r.client(),
          r.address(),
          r.check(),
          r.expected(),
          r.found(),
          r.requestId());
    }
    sql.update("delete from refusal where id <= (select max(id) - ? from refusal)", (long) KEPT);
  }

  /// The newest refusals, newest first.
  @RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
  public List<Refusals.Refusal> newest(int limit) {
    Scope scope = access.scope(Permission.APP_SESSION_READ);
    if (scope.isEverything()) {
      return sql.query("select * from refusal order by id desc limit ?", RefusalStore::read, limit);
    }
    return sql.query(
        "select * from refusal where app_id = any (?) order by id desc limit ?",
        RefusalStore::read,
        apps.idsIn(scope).toArray(String[]::new),
        limit);
  }

  private static Refusals.Refusal read(Row row) throws SQLException {
    return new Refusals.Refusal(
        row.instant("at"),
        text(row, "app_id"),
        text(row, "app_name"),
        row.text("code"),
        row.textOrNull("iss"),
        row.textOrNull("aud"),
        row.textOrNull("sub"),
        row.textOrNull("kid"),
        row.textOrNull("client"),
        text(row, "address"),
        text(row, "failing_check"),
        row.textOrNull("expected"),
        row.textOrNull("found"),
        text(row, "request_id"));
  }

  private static String text(Row row, String column) throws SQLException {
    return Objects.requireNonNullElse(row.textOrNull(column), "");
  }
}
