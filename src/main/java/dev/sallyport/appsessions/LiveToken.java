package dev.sallyport.appsessions;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.logging.LogFields;

/// A token that was let in, with what it was let in under. What it says belongs to it and not to
/// the session, whose other tokens may say something else.
public final class LiveToken {
  private final LiveSession session;
  private final AppTrust trust;
  private final VerifiedToken token;
  private final long expiresAt;
  private volatile UpstreamHeader upstreamHeader = UpstreamHeader.NONE;
  private volatile long withdrawals;

  /// What the upstream gets with each call: a header, or nothing when its name is empty.
  /// `freshUntil` and `validUntil` in epoch milliseconds.
  public record UpstreamHeader(String name, String value, long freshUntil, long validUntil) {
    static final UpstreamHeader NONE = new UpstreamHeader("", "", 0, 0);

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

  /// What log lines about its calls carry.
  public LogFields logFields() {
    return LogFields.NONE.with(LogFields.APP, trust.facts().name()).ofSession(session.id());
  }

  /// Whether a call may go on without asking anybody: same trust as today, token and session live.
  public boolean isUsable(AppTrust today, long nowMillis) {
    return trust.decidesAs(today) && nowMillis < expiresAt && session.isUsable(nowMillis);
  }

  public UpstreamHeader upstreamHeader() {
    return upstreamHeader;
  }

  /// Counts how often the header was withdrawn; to be read before a new one is asked for.
  public long withdrawals() {
    return withdrawals;
  }

  /// Takes a header that was asked for after so many withdrawals; false when there was one
  /// meanwhile: what was withdrawn must not come back.
  public synchronized boolean upstreamHeader(UpstreamHeader fresh, long asOf) {
    boolean isCurrent = asOf == withdrawals;
    if (isCurrent) {
      upstreamHeader = fresh;
    }
    return isCurrent;
  }

  /// The upstream would not take what it got, or the caller may not use it any more: the next call
  /// asks for something new.
  public synchronized void forgetUpstreamHeader() {
    withdrawals++;
    upstreamHeader = UpstreamHeader.NONE;
  }
}
