package dev.sallyport.login;

import dev.sallyport.consolesessions.ConsoleSessions;
import dev.sallyport.persistence.Sql;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.roles.Assignments;
import dev.sallyport.roles.RoleDirectory;
import dev.sallyport.users.UserDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// What becomes of a provider's people when it is deleted.
@ApplicationScoped
class ProviderUsers {
  @Inject Sql sql;
  @Inject UserDirectory users;
  @Inject ConsoleSessions sessions;
  @Inject Assignments assignments;
  @Inject RoleDirectory roles;

  /// Takes away what the provider gave, or refuses while people need it.
  void leave(ProviderDetails provider, boolean deactivate) {
    // Sign-ins through it hold this row: those under way are counted, others find it gone.
    sql.query("select id from oidc_provider where id = ? for update", row -> 0, provider.id());
    long active = users.activeAt(provider.id());
    if (active > 0 && !deactivate) {
      throw new SallyportException(
          ProblemType.PROVIDER_IN_USE,
          (active == 1 ? "1 active person signs" : active + " active people sign")
              + " in with "
              + provider.name()
              + ". Deactivate them, or delete with deactivate=true.");
    }
    assignments.lockAdmins();
    boolean hadAdmin = roles.hasStandingAdmin();
    sessions.endOfProvider(provider.id());
    users.deactivateAllOf(provider.id());
    // A person who is reactivated later must not come back with the roles of a provider long gone.
    assignments.removeMapped(provider.id());
    if (hadAdmin) {
      assignments.requireAnAdminLeft();
    }
  }
}
