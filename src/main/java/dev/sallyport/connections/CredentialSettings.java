package dev.sallyport.connections;

import dev.sallyport.connections.remote.ConnectionSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The checked settings of a credential, without its secret.
///
/// @param header for a static credential
/// @param origin where the credential may go; fixed when it is written, so that whoever moves the
///     app does not move the credential
/// @param connection of a connection, absent for every other kind
/// @param allowPlainHttp whether an upstream off loopback may get it without TLS
record CredentialSettings(
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
    @Nullable String origin,
    @Nullable ConnectionSettings connection) {

  static final CredentialSettings EMPTY =
      new CredentialSettings(
          null, null, null, null, null, null, List.of(), null, null, null, null, false, null, null);
}
