package dev.sallyport.connections.flow;

import dev.sallyport.connections.clients.OAuthClient;
import dev.sallyport.connections.flow.ConnectState.Target;
import dev.sallyport.connections.grants.Consent;
import dev.sallyport.connections.grants.GrantKey;
import dev.sallyport.connections.remote.RemoteResource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What it takes to give a person's calls what they need.
///
/// @param scopes what to ask for
record ConnectPlan(
    ConnectedApp app,
    Target target,
    RemoteResource remote,
    OAuthClient client,
    Set<String> scopes) {

  /// What the grant is kept under.
  GrantKey key() {
    @Nullable String session = app.settings().perSession() ? target.appSession() : null;
    return new GrantKey(
        target.person(), remote.server().issuer(), client.clientId(), remote.resource(), session);
  }

  /// What the person agrees to for the agent; nothing when they connect for themselves.
  Optional<Consent> consent() {
    return consent(target, scopes);
  }

  /// One without a name can't be told from others of its kind: it is asked for again in each
  /// session.
  static Optional<Consent> consent(Target target, Set<String> scopes) {
    String agent = target.agentClient();
    return agent == null
        ? Optional.empty()
        : Optional.of(
            new Consent(
                target.person(),
                agent,
                target.appId(),
                scopes,
                agent.isEmpty() ? target.appSession() : null));
  }
}
