package dev.sallyport.gateway.routes;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.apps.Affinity;
import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.appsessions.SessionKey;
import dev.sallyport.connections.CredentialKind;
import dev.sallyport.gateway.relay.UpstreamPool;
import dev.sallyport.gateway.relay.UpstreamTarget;
import dev.sallyport.http.AllowedOrigins;
import io.undertow.util.HttpString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One app as the gateway serves it: who may enter, which pages may call, where its upstreams are.
public record Route(
    AppTrust trust,
    AllowedOrigins origins,
    List<UpstreamPool> upstreams,
    boolean isMcp,
    Affinity affinity,
    CredentialKind credential) {
  public static final String MCP_METHODS = "POST, GET, DELETE, OPTIONS";
  public static final String HTTP_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  /// What it takes, as the header `Allow` says it.
  public String methods() {
    return isMcp ? MCP_METHODS : HTTP_METHODS;
  }

  // RFC 9110 section 9.1: a method is case-sensitive; Undertow's names are not.
  public boolean takes(HttpString asked) {
    String method = asked.toString();
    return isMcp
        ? method.equals("POST") || method.equals("GET") || method.equals("DELETE")
        : method.chars().noneMatch(Character::isLowerCase);
  }

  /// Whether people connect their own accounts at its server.
  public boolean connects() {
    return credential == CredentialKind.CONNECTION;
  }

  /// Whether somebody else must be asked for what its calls take along.
  public boolean asksOthers() {
    return connects() || fetches();
  }

  /// Whether its server's 401 may be about a token that can be had anew.
  public boolean fetches() {
    return credential.asksTokenEndpoint();
  }

  /// The upstreams to try for a call of this token, the best first; none when all are down.
  public List<UpstreamPool> candidates(LiveToken token) {
    SessionKey key = token.session().key();
    return switch (affinity) {
      case NONE -> Choice.any(upstreams);
      case SESSION -> Choice.byKey(upstreams, token.session().id().hashCode());
      case PERSON ->
          Choice.byKey(upstreams, 31 * key.issuer().hashCode() + key.subject().hashCode());
    };
  }

  /// Whether a call could go to another upstream than this one.
  public boolean hasAnother(UpstreamTarget target) {
    return upstreams.stream().anyMatch(u -> !u.target().equals(target) && !u.circuit().isDown());
  }

  /// The upstream of this id; null when the app has it no longer.
  public @Nullable UpstreamPool upstream(String id) {
    for (UpstreamPool pool : upstreams) {
      if (pool.target().id().equals(id)) {
        return pool;
      }
    }
    return null;
  }
}
