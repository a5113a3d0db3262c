package dev.sallyport.connections;

import dev.sallyport.connections.remote.ConnectionSettings;
import dev.sallyport.persistence.Revised;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    @Nullable String authorizationServer,
    Map<String, String> authorizeParameters,
    boolean perSession,
    boolean shareGrant,
    boolean hasSecret,
    long revision,
    @Nullable Instant updatedAt)
    implements Revised {

  static UpstreamCredentialDetails of(StoredCredential stored) {
    CredentialSettings s = stored.settings();
    ConnectionSettings c = s.connection();
    return new UpstreamCredentialDetails(
        stored.appId(),
        stored.kind().code(),
        s.header(),
        s.tokenEndpoint(),
        s.expectedIssuer(),
        s.connectorId(),
        s.clientId(),
        s.clientAuthentication(),
        c == null ? s.scopes() : c.scopes(),
        s.audience(),
        c == null ? s.resource() : c.resource(),
        s.subjectTokenType(),
        s.requestedTokenType(),
        s.allowPlainHttp(),
        c == null ? null : c.authorizationServer(),
        c == null ? Map.of() : c.authorizeParameters(),
        c != null && c.perSession(),
        c != null && c.shareGrant(),
        stored.secret() != null,
        stored.revision(),
        stored.updatedAt());
  }
}
