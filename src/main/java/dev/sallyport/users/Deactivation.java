package dev.sallyport.users;

import dev.sallyport.appsessions.PersonSessions;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.CallContext;
import dev.sallyport.consolesessions.ConsoleSessions;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.roles.Assignments;
import dev.sallyport.roles.Conferral;
import dev.sallyport.roles.RoleDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;

/// Takes people out and lets them in again, within the caller's transaction.
@ApplicationScoped
class Deactivation {
  @Inject UserStore users;
  @Inject Assignments assignments;
  @Inject RoleDirectory roles;
  @Inject Conferral conferral;
  @Inject PersonSessions appSessions;
  @Inject ConsoleSessions consoleSessions;
  @Inject Event<UserDeactivated> deactivated;
  @Inject AuditLog audit;

  /// Ends everything of these people. Roles stay assigned: reactivation gives them back.
  void deactivateAll(List<UserDetails> people) {
    assignments.lockAdmins();
    people.forEach(this::deactivate);
    if (people.stream().anyMatch(this::administers)) {
      assignments.requireAnAdminLeft();
    }
  }

  private void deactivate(UserDetails seen) {
    UserDetails user = users.lock(seen.id()).orElseThrow();
    if (user.isDeactivated()) {
      return;
    }
    Actor caller = CallContext.current().actor();
    if (caller.kind() == ActorKind.USER && caller.id().equals(user.id())) {
      throw new SallyportException(ProblemType.USER_IS_SELF, ProblemType.USER_IS_SELF.cause());
    }
    conferral.requireHeld(roles.grantsOf(ActorKind.USER, user.id()));
    users.deactivate(user.id(), caller.name());
    deactivated.fire(new UserDeactivated(user.id(), user.issuer(), user.subject()));
    audit.record(
        entry(AuditEventName.USER_DEACTIVATED, user)
            .with("consoleSessions", consoleSessions.endOf(ActorKind.USER, user.id()))
            .with(
                "appSessions",
                appSessions.deactivate(user.issuer(), user.subject(), caller.name())));
  }

  // Where nobody administers for good, others may be deactivated all the same.
  private boolean administers(UserDetails user) {
    return assignments.of(ActorKind.USER, user.id()).stream()
        .anyMatch(held -> held.role().equals(RoleDirectory.ADMIN));
  }

  void reactivate(UserDetails seen) {
    // Roles must not change between the question who holds more and the answer.
    assignments.lockAdmins();
    UserDetails user = users.lock(seen.id()).orElseThrow();
    if (!user.isDeactivated()) {
      return;
    }
    conferral.require(moment -> roles.grantsOf(ActorKind.USER, user.id(), moment));
    users.reactivate(user.id());
    appSessions.reactivate(user.issuer(), user.subject());
    audit.record(entry(AuditEventName.USER_REACTIVATED, user));
  }

  private static AuditEntry entry(AuditEventName event, UserDetails user) {
    return AuditEntry.success(event)
        .on("user", user.id(), user.displayName())
        .with("issuer", user.issuer())
        .with("subject", user.subject());
  }
}
