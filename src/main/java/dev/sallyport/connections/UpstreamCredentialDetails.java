package dev.sallyport.connections;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an app's upstreams get, without the secret.
public record UpstreamCredentialDetails(
    String appId,
    String kind,
    @Nullable String header,
    @Nullable String tokenEndpoint,
    @Nullable String expectedIssuer,
    @Nullable String connectorId,
    @Nullable String clientId,
    @Nullable String clientAuthentication,
    List<String> scopes,
    @Nullable String audience,
    @Nullable String resource,
    @Nullable String subjectTokenType,
    @Nullable String requestedTokenType,
    boolean allowPlainHttp,
    boolean hasSecret,
    long revision,
    @Nullable Instant updatedAt) {

  static UpstreamCredentialDetails of(StoredCredential stored) {
    CredentialSettings s = stored.settings();
    return new UpstreamCredentialDetails(
        stored.appId(),
        stored.kind().code(),
        s.header(),
        s.tokenEndpoint(),
        s.expectedIssuer(),
        s.connectorId(),
        s.clientId(),
        s.clientAuthentication(),
        s.scopes(),
        s.audience(),
        s.resource(),
        s.subjectTokenType(),
        s.requestedTokenType(),
        s.allowPlainHttp(),
        stored.secret() != null,
        stored.revision(),
        stored.updatedAt());
  }
}
