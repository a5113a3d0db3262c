package dev.sallyport.connections.flow;

import dev.sallyport.connections.clients.OAuthClient;
import dev.sallyport.connections.clients.OAuthClients;
import dev.sallyport.connections.flow.ConnectMessages.Peers;
import dev.sallyport.connections.flow.ConnectState.Target;
import dev.sallyport.connections.flow.ConnectState.Trip;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.connections.remote.Challenge;
import dev.sallyport.connections.remote.RemoteDiscovery;
import dev.sallyport.connections.remote.RemoteResource;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out what a sign-in for an app takes: which server, which client of ours, which scopes.
@ApplicationScoped
class ConnectPlans {
  @Inject RemoteDiscovery discovery;
  @Inject OAuthClients clients;
  @Inject ConnectedApps apps;

  /// For a sign-in.
  ///
  /// @param scopes null for what the server says
  ConnectPlan of(ConnectedApp app, Target target, @Nullable Set<String> scopes) {
    RemoteResource remote = discovery.discoverForSignIn(app.details(), app.settings());
    OAuthClient client = clients.clientFor(remote.server());
    Set<String> wanted = scopes == null ? Set.copyOf(remote.scopes()) : scopes;
    return new ConnectPlan(app, target, remote, client, wanted);
  }

  /// For a call, which must not wait for the server as long as there is a token.
  ConnectPlan ofCall(ConnectedApp app, Target target) {
    return ofCall(app, target, discovery.discover(app.details(), app.settings()));
  }

  /// The same after the app's server refused a token and said this.
  ConnectPlan ofRefusal(ConnectedApp app, Target target, Challenge challenge) {
    return ofCall(app, target, discovery.discoverAgain(app.details(), app.settings(), challenge));
  }

  private ConnectPlan ofCall(ConnectedApp app, Target target, RemoteResource remote) {
    OAuthClient client = clients.keptFor(remote.server());
    return new ConnectPlan(app, target, remote, client, Set.copyOf(remote.scopes()));
  }

  Peers peers(ConnectPlan plan) {
    return new Peers(
        plan.remote().server(),
        plan.client(),
        URI.create(plan.client().redirectUri()),
        plan.app().settings().authorizeParameters());
  }

  /// Those that a trip began with; refuses when they are others by now.
  Peers peers(Trip trip) {
    ConnectedApp app = apps.require(trip.target().appId());
    AuthorizationServer server =
        discovery.discoverForSignIn(app.details(), app.settings()).server();
    OAuthClient client =
        clients
            .byId(trip.oauthClient())
            .filter(c -> server.issuer().equals(trip.server()))
            .orElseThrow(
                () ->
                    new SallyportException(
                        ProblemType.CONNECT_APP_CHANGED, ProblemType.CONNECT_APP_CHANGED.cause()));
    return new Peers(
        server, client, URI.create(client.redirectUri()), app.settings().authorizeParameters());
  }
}
