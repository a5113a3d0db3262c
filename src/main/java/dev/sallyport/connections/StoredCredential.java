package dev.sallyport.connections;

import dev.sallyport.crypto.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A credential as it stands, with its secret in memory.
///
/// @param revision 0 when nothing was ever configured
record StoredCredential(
    String appId,
    CredentialKind kind,
    CredentialSettings settings,
    @Nullable Secret secret,
    long revision,
    @Nullable Instant updatedAt) {

  /// What an app without any has.
  static StoredCredential standard(String appId) {
    return new StoredCredential(
        appId, CredentialKind.ASSERTION, CredentialSettings.EMPTY, null, 0, null);
  }
}
