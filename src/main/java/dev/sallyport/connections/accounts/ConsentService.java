package dev.sallyport.connections.accounts;

import dev.sallyport.apps.AppService;
import dev.sallyport.authz.Access;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.Scope;
import dev.sallyport.connections.grants.Grants;
import dev.sallyport.connections.grants.Person;
import dev.sallyport.persistence.Sql;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/// Takes back what people let agents do: one's own without any permission, others' with one.
@Stateless
@NoPermissionNeeded("One's own; others' require connection.revoke within.")
public class ConsentService {
  @Inject Sql sql;
  @Inject Grants grants;
  @Inject CallingPerson caller;
  @Inject AppService apps;
  @Inject Access access;

  private record Found(Person person, String appId) {}

  /// The agent asks again with its next call.
  public void withdraw(String id) {
    Found found =
        sql.first(
                "select issuer, subject, app_id from connection_consent where id = ?",
                row ->
                    new Found(
                        new Person(row.text("issuer"), row.text("subject")), row.text("app_id")),
                id)
            .orElseThrow(() -> absent(id));
    if (caller.find().filter(found.person()::equals).isEmpty()) {
      access.requireWithin(
          Permission.CONNECTION_REVOKE,
          Permission.CONNECTION_READ,
          scope -> covers(scope, found.appId()),
          () -> absent(id));
    }
    grants.withdraw(id);
  }

  private boolean covers(Scope scope, String appId) {
    return scope.isEverything() || apps.idsIn(scope).contains(appId);
  }

  private static SallyportException absent(String id) {
    return new SallyportException(ProblemType.NOT_FOUND, "There is no consent " + id + ".");
  }
}
