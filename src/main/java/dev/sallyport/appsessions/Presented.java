package dev.sallyport.appsessions;

import dev.sallyport.appauth.verification.AppFacts;
import dev.sallyport.appauth.verification.Grounds;
import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.crypto.RandomTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A good token that is presented at an app.
///
/// @param at the database's time behind the locks: a clock read before them could lie before a
///     revocation that they waited for, and nodes need not agree on it
record Presented(AppFacts app, VerifiedToken token, SessionOpener.Caller caller, Instant at) {
  private static final int LONGEST_LEAD = 60;

  Grounds grounds() {
    return Grounds.of(app, token);
  }

  /// Lifetimes bind to the sign-in: `auth_time`, else the first time that this `sid` came.
  Instant basis(Optional<Instant> firstOpening) {
    Instant authTime = token.authTime();
    if (authTime != null) {
      return authTime.isBefore(at) ? authTime : at;
    }
    return firstOpening.orElse(at);
  }

  /// How far the issuer's clock is seen to run ahead, in seconds.
  int lead() {
    return (int) Math.clamp(Duration.between(at, token.iat()).toSeconds(), 0, LONGEST_LEAD);
  }

  /// The session that it opens.
  SessionDetails session(Instant absoluteEnd) {
    SessionKey key = SessionKey.of(app.id(), token);
    Instant expiresAt = token.exp().isBefore(absoluteEnd) ? token.exp() : absoluteEnd;
    return new SessionDetails(
        RandomTokens.id("aas_"),
        app.id(),
        app.name(),
        token.config().id(),
        token.config().name(),
        key.issuer(),
        key.subject(),
        token.username(),
        key.client(),
        key.sid(),
        key.act(),
        caller.address(),
        caller.openedBy(),
        at,
        absoluteEnd,
        token.config().idleTimeout().toSeconds(),
        expiresAt,
        at,
        0,
        lead(),
        null,
        null,
        null);
  }
}
