package dev.sallyport.connections.remote;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of an authorization server's metadata matters here (RFC 8414 section 2).
///
/// @param issuer to the letter as the metadata says it: answers are compared with it
/// @param tokenAuthMethods empty where the metadata names none
/// @param issInResponse whether answers to a sign-in name their issuer (RFC 9207 section 3)
/// @param clientIdMetadataDocument whether a client may be the URL of its own description
public record AuthorizationServer(
    String issuer,
    URI authorizationEndpoint,
    URI tokenEndpoint,
    @Nullable URI registrationEndpoint,
    @Nullable URI revocationEndpoint,
    Set<String> scopesSupported,
    Set<String> tokenAuthMethods,
    boolean issInResponse,
    boolean clientIdMetadataDocument) {

  /// Whether people and codes are sent to the issuer's own address only.
  public boolean staysAtOneOrigin() {
    ResourceUrl own = new ResourceUrl(URI.create(issuer));
    return own.hasOriginOf(authorizationEndpoint) && own.hasOriginOf(tokenEndpoint);
  }
}
