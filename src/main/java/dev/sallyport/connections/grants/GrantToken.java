package dev.sallyport.connections.grants;

import dev.sallyport.crypto.Secret;
import java.time.Instant;
import java.util.Set;

/// What the vault has for a call.
public sealed interface GrantToken {
  /// A token to send, good until then.
  record Good(String grantId, Secret accessToken, Instant until, Set<String> scopes)
      implements GrantToken {}

  /// The person never granted this, or it was forgotten: they must sign in.
  record Missing() implements GrantToken {}

  /// There was a grant; it ended for this reason (see [GrantEnd]) and the person must sign in.
  record Ended(String reason) implements GrantToken {}

  /// The token is over and the authorization server gives no new one now; the grant lives on.
  record Unavailable(String detail) implements GrantToken {}
}
