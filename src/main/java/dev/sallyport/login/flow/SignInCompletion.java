package dev.sallyport.login.flow;

import dev.sallyport.appsessions.PersonSessions;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.config.Settings;
import dev.sallyport.consolesessions.ConsoleSessions;
import dev.sallyport.consolesessions.IdpSession;
import dev.sallyport.consolesessions.StartedSession;
import dev.sallyport.crypto.Secret;
import dev.sallyport.login.MappedRoles;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.Providers;
import dev.sallyport.login.RecentSignIns;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.roles.Assignments;
import dev.sallyport.roles.RoleDirectory;
import dev.sallyport.users.PersonSignIn;
import dev.sallyport.users.UserDetails;
import dev.sallyport.users.UserDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// Turns a verified person into a user with roles and a session. Whoever is refused for lack of a
/// group loses the roles of the groups that are gone all the same.
@Stateless
@NoPermissionNeeded("The identity provider has said who it is.")
public class SignInCompletion {
  @Inject Providers providers;
  @Inject UserDirectory users;
  @Inject MappedRoles mapped;
  @Inject Assignments assignments;
  @Inject RoleDirectory roles;
  @Inject ConsoleSessions sessions;
  @Inject PersonSessions appSessions;
  @Inject RecentSignIns recent;
  @Inject AuditLog audit;
  @Inject Settings settings;

  /// Somebody whose ID token was right.
  public record Arrival(
      ProviderDetails provider,
      PersonSignIn person,
      Secret idToken,
      Secret claims,
      PersonSessions.SignIn signIn,
      String userAgent) {}

  /// What came of it.
  public sealed interface Completion {
    record Entered(StartedSession session) implements Completion {}

    record Refused(ProblemType code) implements Completion {}
  }

  public Completion complete(Arrival arrival) {
    ProviderDetails provider = arrival.provider;
    if (isOver(arrival)) {
      return new Completion.Refused(ProblemType.SIGN_IN_ENDED);
    }
    if (!providers.hold(provider)) {
      return new Completion.Refused(ProblemType.SIGN_IN_PROVIDER_CHANGED);
    }
    if (mayAdminister(arrival)) {
      // Before the person and the mappings, as whoever takes roles away.
      assignments.lockAdmins();
    }
    UserDetails user = users.signedIn(arrival.person);
    CallContext visitor = CallContext.current();
    Actor somebody = new Actor(ActorKind.USER, user.id(), user.displayName(), Map.of());
    return new CallContext(
            somebody, visitor.address(), visitor.requestId(), visitor.consoleSessionId())
        .call(() -> enter(arrival, user, provider));
  }

  /// Whether the person has signed out at the provider since they began here: that may come before
  /// we do. A logout that comes later waits, and then ends what is started here.
  private boolean isOver(Arrival arrival) {
    sessions.joinSignIns(arrival.signIn.issuer());
    return appSessions.isSignedOut(arrival.signIn);
  }

  private Completion enter(Arrival arrival, UserDetails user, ProviderDetails provider) {
    Collection<String> groups = arrival.person.groups();
    Set<String> roleIds = mapped.replace(user.id(), provider.id(), groups);
    boolean isFirstAdmin = mayAdminister(arrival) && becomesFirstAdmin(provider, user);
    if (roleIds.isEmpty() && !isFirstAdmin) {
      unmapped(provider, user, groups);
      if (!provider.selfService() && roles.grantsOf(ActorKind.USER, user.id()).isEmpty()) {
        return new Completion.Refused(
            groups.isEmpty()
                ? ProblemType.SIGN_IN_GROUPS_MISSING
                : ProblemType.SIGN_IN_UNMAPPED_GROUPS);
      }
    }
    recent.note(user.id(), provider.id(), arrival.person);
    Actor actor =
        new Actor(
            ActorKind.USER,
            user.id(),
            user.displayName(),
            roles.grantsOf(ActorKind.USER, user.id()));
    IdpSession idp =
        new IdpSession(
            provider.id(),
            user.issuer(),
            user.subject(),
            arrival.signIn.sid(),
            arrival.idToken,
            arrival.claims);
    StartedSession session = sessions.start(actor, idp, arrival.userAgent);
    audit.record(
        event(AuditEventName.OIDC_SIGN_IN_SUCCEEDED, provider)
            .with("userId", user.id())
            .with("subject", user.subject())
            .with("roles", roleIds.isEmpty() ? null : String.join(", ", roleIds)));
    return new Completion.Entered(session);
  }

  /// Without a mapped group a person enters for what is their own, if the provider allows it.
  private void unmapped(ProviderDetails provider, UserDetails user, Collection<String> groups) {
    audit.record(
        event(AuditEventName.OIDC_SIGN_IN_UNMAPPED, provider)
            .with("userId", user.id())
            .with("subject", user.subject())
            .with("groups", groups.size()));
  }

  private boolean mayAdminister(Arrival arrival) {
    return FirstAdmin.isMeant(
        settings.firstAdmin(), arrival.provider.name(), arrival.person.groups());
  }

  private boolean becomesFirstAdmin(ProviderDetails provider, UserDetails user) {
    if (!assignments.grantFirstAdmin(user.id(), provider.id())) {
      return false;
    }
    audit.record(event(AuditEventName.OIDC_FIRST_ADMIN, provider).with("userId", user.id()));
    return true;
  }

  private static AuditEntry event(AuditEventName name, ProviderDetails provider) {
    return AuditEntry.success(name).on("oidc_provider", provider.id(), provider.name());
  }
}
