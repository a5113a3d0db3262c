package dev.sallyport.appsessions;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.verification.VerifiedToken;

/// A token that was let in, with what it was let in under. What it says belongs to it and not to
/// the session, whose other tokens may say something else.
public final class LiveToken {
  private final LiveSession session;
  private final AppTrust trust;
  private final VerifiedToken token;
  private final long expiresAt;
  private volatile Assertion assertion = Assertion.NONE;

  /// What the upstream gets to know, signed; `freshUntil` and `validUntil` in epoch milliseconds.
  public record Assertion(String text, long freshUntil, long validUntil) {
    static final Assertion NONE = new Assertion("", 0, 0);

    @Override
    public String toString() {
      return "[REDACTED]";
    }
  }

  LiveToken(LiveSession session, AppTrust trust, VerifiedToken token) {
    this.session = session;
    this.trust = trust;
    this.token = token;
    this.expiresAt = token.exp().toEpochMilli();
  }

  public LiveSession session() {
    return session;
  }

  public AppTrust trust() {
    return trust;
  }

  public VerifiedToken token() {
    return token;
  }

  /// Whether a call may go on without asking anybody: same trust as today, token and session live.
  public boolean isUsable(AppTrust today, long nowMillis) {
    return trust == today && nowMillis < expiresAt && session.isUsable(nowMillis);
  }

  public Assertion assertion() {
    return assertion;
  }

  public void assertion(Assertion fresh) {
    assertion = fresh;
  }
}
