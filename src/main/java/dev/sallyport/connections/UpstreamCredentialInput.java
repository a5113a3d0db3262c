package dev.sallyport.connections;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an app's upstreams shall get, as an admin wrote it. Which members count depends on the
/// kind; a secret that is left out keeps the stored one.
///
/// @param kind one of [CredentialKind]
/// @param header the header of a static credential; `Authorization` if absent
/// @param value the value of that header, a secret
/// @param expectedIssuer who must have signed an exchanged JWT; the endpoint without `/token` if
///     absent
/// @param connectorId what Dex calls the identity provider behind it
/// @param clientAuthentication `basic`, `post` or `none`
/// @param authorizationServer the issuer of a connection's tokens, where it shall not be found out
/// @param authorizeParameters added to a connection's authorization request
/// @param perSession whether each session connects for itself
/// @param shareGrant whether apps of one authorization server share a connection where they can
public record UpstreamCredentialInput(
    @Nullable String kind,
    @Nullable String header,
    @Nullable String value,
    @Nullable String tokenEndpoint,
    @Nullable String expectedIssuer,
    @Nullable String connectorId,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable String clientAuthentication,
    @Nullable List<String> scopes,
    @Nullable String audience,
    @Nullable String resource,
    @Nullable String subjectTokenType,
    @Nullable String requestedTokenType,
    @Nullable Boolean allowPlainHttp,
    @Nullable String authorizationServer,
    @Nullable Map<String, String> authorizeParameters,
    @Nullable Boolean perSession,
    @Nullable Boolean shareGrant) {

  @Override
  public String toString() {
    return "UpstreamCredentialInput[" + kind + "]";
  }
}
