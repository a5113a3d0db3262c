package dev.sallyport.users;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;

/// Knows the people who have signed in.
@Stateless
@NoPermissionNeeded("Sign-in comes before there is an actor; others have checked who asks.")
public class UserDirectory {
  @Inject UserStore users;
  @Inject Deactivation deactivation;
  @Inject AuditLog audit;

  /// Stores what a validated sign-in says of a person. Refuses a deactivated one, and then nothing
  /// is written.
  public UserDetails signedIn(PersonSignIn person) {
    UserDetails user =
        users
            .signedIn(person)
            .orElseThrow(
                () ->
                    new SallyportException(
                        ProblemType.USER_DEACTIVATED, ProblemType.USER_DEACTIVATED.cause()));
    if (user.createdAt().equals(user.lastSignInAt())) {
      audit.record(
          AuditEntry.success(AuditEventName.USER_CREATED)
              .on("user", user.id(), user.displayName())
              .with("issuer", user.issuer())
              .with("subject", user.subject())
              .with("provider", user.providerId()));
    }
    return user;
  }

  public Optional<UserDetails> byPerson(String issuer, String subject) {
    return users.byPerson(issuer, subject);
  }

  public Optional<UserDetails> byId(String id) {
    return users.byId(id);
  }

  /// How many active users signed in last through this provider.
  public long activeAt(String providerId) {
    return users.count(new UserFilter(null, providerId, UserFilter.State.ACTIVE));
  }

  /// Deactivates all of them, each as one by one: whoever may not deactivate one of them, or would
  /// deactivate themselves or the last admin, is refused.
  public void deactivateAllOf(String providerId) {
    deactivation.deactivateAll(users.activeAt(providerId));
  }
}
