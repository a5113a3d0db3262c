package dev.sallyport.connections.flow;

import dev.sallyport.appsessions.PersonSessions;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.connections.clients.OAuthClient;
import dev.sallyport.connections.flow.ConnectState.Target;
import dev.sallyport.connections.flow.ConnectState.Trip;
import dev.sallyport.connections.grants.Consent;
import dev.sallyport.connections.grants.GrantKey;
import dev.sallyport.connections.grants.Grants;
import dev.sallyport.connections.grants.NewGrant;
import dev.sallyport.connections.grants.Person;
import dev.sallyport.connections.grants.Tokens;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.users.UserDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Puts what a finished trip brought into the vault, and what the person agreed to beside it: both
/// or neither.
@Stateless
@NoPermissionNeeded("It is the person's own account.")
public class ConnectCompletion {
  /// OpenID Connect Core 1.0, sections 3.1.2.1 and 5.4.
  private static final Set<String> IDENTITY = Set.of("openid", "profile", "email");

  @Inject ConnectedApps apps;
  @Inject ConnectLinks links;
  @Inject Grants grants;
  @Inject UserDirectory users;
  @Inject PersonSessions sessions;

  /// Answers the app's name.
  public String complete(Trip trip, OAuthClient client, Tokens tokens) {
    Target target = trip.target();
    requireWelcome(target.person());
    ConnectedApp app = apps.require(target.appId());
    String session = app.settings().perSession() ? target.appSession() : null;
    var key =
        new GrantKey(target.person(), trip.server(), client.clientId(), trip.resource(), session);
    String link = trip.link();
    if (link != null) {
      links.followed(link);
      grants.followed(target.person(), link);
    }
    Set<String> asked = Set.copyOf(trip.scopes());
    var grant = new NewGrant(key, client.id(), target.appId(), target.username(), asked, tokens);
    grants.store(grant);
    Optional<Consent> consent = ConnectPlan.consent(target, agreed(grant));
    consent.ifPresent(grants::consent);
    return app.details().name();
  }

  /// What the page showed; when the server gave more, the next call leads to a page that says so.
  /// Who the person is goes without saying: some servers always tell it, Keycloak among them.
  private static Set<String> agreed(NewGrant grant) {
    Set<String> agreed = new TreeSet<>(grant.granted());
    agreed.retainAll(IDENTITY);
    agreed.addAll(grant.asked());
    return agreed;
  }

  /// The person allowed an agent what is connected already.
  public void allow(Consent consent, @Nullable String link) {
    grants.consent(consent);
    if (link != null) {
      grants.followed(consent.person(), link);
    }
  }

  // They may have been taken out while the server was asked for the tokens.
  private void requireWelcome(Person person) {
    grants.hold(person);
    boolean isActive =
        users
            .byPerson(person.issuer(), person.subject())
            .filter(user -> !user.isDeactivated())
            .isPresent();
    if (!isActive || sessions.isBlocked(person.issuer(), person.subject())) {
      throw new SallyportException(ProblemType.NOT_YOUR_LINK, ProblemType.NOT_YOUR_LINK.cause());
    }
  }
}
