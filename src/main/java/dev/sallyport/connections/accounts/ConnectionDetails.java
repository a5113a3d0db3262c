package dev.sallyport.connections.accounts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One connection as it is shown.
///
/// @param issuer the authorization server
/// @param sessionId the one app session that may use it; null when all of the person's may
/// @param apps what it serves
/// @param expiresAt the end of the access token; null when it never said
/// @param renewable whether there is a refresh token
/// @param lastRefreshAt null when it was not refreshed yet
/// @param revokedAtIssuer how the authorization server took the revocation: `pending`, `done`,
///     `not-offered`, `refused` or `unreachable`; null when there was nothing to revoke
/// @param reconnectUrl where the person signs in again
public record ConnectionDetails(
    String id,
    String status,
    Owner person,
    String issuer,
    String clientId,
    String resource,
    List<String> scopes,
    @Nullable String sessionId,
    List<ServedApp> apps,
    List<ConsentDetails> consents,
    boolean renewable,
    @Nullable Instant expiresAt,
    Instant connectedAt,
    @Nullable Instant lastRefreshAt,
    @Nullable String lastError,
    @Nullable Instant lastErrorAt,
    @Nullable Instant endedAt,
    @Nullable String endedReason,
    @Nullable String endedBy,
    @Nullable String revokedAtIssuer,
    @Nullable String reconnectUrl) {

  /// Whose it is.
  public record Owner(String issuer, String subject, String username) {}

  /// An app that it serves.
  public record ServedApp(String id, String name) {}

  /// What an agent's client may do with it.
  ///
  /// @param client what it calls itself; empty when it names itself by nothing
  public record ConsentDetails(
      String id,
      String client,
      String app,
      List<String> scopes,
      @Nullable String sessionId,
      Instant at) {}
}
