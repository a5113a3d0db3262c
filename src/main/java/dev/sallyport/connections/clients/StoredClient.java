package dev.sallyport.connections.clients;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A client as it is kept.
///
/// @param probed whether its authorization endpoint can tell a client that it knows from another
/// @param secretEnds when its secret is worth nothing any more
record StoredClient(
    OAuthClient client,
    boolean probed,
    @Nullable Instant secretEnds,
    long revision,
    Instant createdAt,
    Instant updatedAt) {

  boolean isUsable(Instant now) {
    return secretEnds == null || now.isBefore(secretEnds);
  }

  ClientDetails details() {
    return new ClientDetails(
        client.id(),
        client.issuer(),
        client.kind().code(),
        client.clientId(),
        client.authMethod(),
        client.secret() != null,
        client.redirectUri(),
        revision,
        createdAt,
        updatedAt);
  }
}
