package dev.sallyport.connections.flow;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.connections.clients.OAuthClient;
import dev.sallyport.connections.flow.ConnectState.Target;
import dev.sallyport.connections.flow.ConnectState.Trip;
import dev.sallyport.connections.grants.Consent;
import dev.sallyport.connections.grants.GrantKey;
import dev.sallyport.connections.grants.Grants;
import dev.sallyport.connections.grants.NewGrant;
import dev.sallyport.connections.grants.Tokens;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Puts what a finished trip brought into the vault, and what the person agreed to beside it: both
/// or neither.
@Stateless
@NoPermissionNeeded("It is the person's own account.")
public class ConnectCompletion {
  @Inject ConnectedApps apps;
  @Inject ConnectLinks links;
  @Inject Grants grants;

  /// Answers the app's name.
  public String complete(Trip trip, OAuthClient client, Tokens tokens) {
    Target target = trip.target();
    ConnectedApp app = apps.require(target.appId());
    String session = app.settings().perSession() ? target.appSession() : null;
    var key =
        new GrantKey(target.person(), trip.server(), client.clientId(), trip.resource(), session);
    Set<String> asked = Set.copyOf(trip.scopes());
    grants.store(new NewGrant(key, client.id(), target.appId(), target.username(), asked, tokens));
    Set<String> scopes = new HashSet<>(asked);
    Optional.ofNullable(tokens.scopes()).ifPresent(scopes::addAll);
    Optional<Consent> consent = ConnectPlan.consent(target, scopes);
    consent.ifPresent(grants::consent);
    Optional.ofNullable(trip.link()).ifPresent(links::followed);
    return app.details().name();
  }
}
