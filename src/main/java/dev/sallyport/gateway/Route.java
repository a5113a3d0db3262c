package dev.sallyport.gateway;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.apps.Affinity;
import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.appsessions.SessionKey;
import dev.sallyport.connections.CredentialKind;
import dev.sallyport.gateway.relay.UpstreamPool;
import dev.sallyport.gateway.relay.UpstreamTarget;
import dev.sallyport.http.AllowedOrigins;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One app as the gateway serves it: who may enter, which pages may call, where its upstreams are.
record Route(
    AppTrust trust,
    AllowedOrigins origins,
    List<UpstreamPool> upstreams,
    boolean isMcp,
    Affinity affinity,
    CredentialKind credential) {

  /// Whether people connect their own accounts at its server.
  boolean connects() {
    return credential == CredentialKind.CONNECTION;
  }

  /// Whether its server's 401 may be about a token that can be had anew.
  boolean fetches() {
    return credential.asksTokenEndpoint();
  }

  /// The upstreams to try for a call of this token, the best first; none when all are down.
  List<UpstreamPool> candidates(LiveToken token) {
    SessionKey key = token.session().key();
    return switch (affinity) {
      case NONE -> Choice.any(upstreams);
      case SESSION -> Choice.byKey(upstreams, token.session().id().hashCode());
      case PERSON ->
          Choice.byKey(upstreams, 31 * key.issuer().hashCode() + key.subject().hashCode());
    };
  }

  /// Whether a call could go to another upstream than this one.
  boolean hasAnother(UpstreamTarget target) {
    return upstreams.stream().anyMatch(u -> !u.target().equals(target) && !u.circuit().isDown());
  }

  /// The upstream of this id; null when the app has it no longer.
  @Nullable UpstreamPool upstream(String id) {
    for (UpstreamPool pool : upstreams) {
      if (pool.target().id().equals(id)) {
        return pool;
      }
    }
    return null;
  }
}
