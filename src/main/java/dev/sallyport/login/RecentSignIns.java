package dev.sallyport.login;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Sql;
import dev.sallyport.users.PersonSignIn;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/// The last sign-ins, a bounded list, for trying mappings out on real groups.
@Stateless
public class RecentSignIns {
  static final int MOST = 200;
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  @Inject Sql sql;
  @Inject Clock clock;

  @NoPermissionNeeded("Sign-in notes it; no actor calls this.")
  public void note(String userId, String providerId, PersonSignIn person) {
    sql.update(
        """
        insert into recent_sign_in (user_id, provider_id, name, group_names, at)
        values (?, ?, ?, ?, ?) on conflict (user_id) do update
        set provider_id = excluded.provider_id, name = excluded.name,
          group_names = excluded.group_names, at = excluded.at
        """,
        userId,
        providerId,
        person.displayName(),
        Json.write(person.groups()),
        clock.instant());
    sql.update(
        """
        delete from recent_sign_in where user_id in
          (select user_id from recent_sign_in order by at desc, user_id offset ?)
        """,
        MOST);
  }

  /// Those of a provider, newest first.
  @RequiresPermission(Permission.AUTH_OIDC_LIST)
  public List<RecentSignIn> of(String providerId) {
    return sql.query(
        "select * from recent_sign_in where provider_id = ? order by at desc, user_id",
        row ->
            new RecentSignIn(
                row.text("user_id"),
                row.text("provider_id"),
                row.text("name"),
                Json.read(row.text("group_names"), TEXTS),
                row.instant("at")),
        providerId);
  }
}
