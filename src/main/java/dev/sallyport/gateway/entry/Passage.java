package dev.sallyport.gateway.entry;

import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.appsessions.LiveToken.UpstreamHeader;

/// A token that was let in, and what this call of it takes along. The header is the call's own: the
/// token's may be withdrawn at any moment, by a change that the call itself has brought about.
public record Passage(LiveToken token, UpstreamHeader header) {

  /// With what the token has now.
  public static Passage of(LiveToken token) {
    return new Passage(token, token.upstreamHeader());
  }

  public boolean isGood(long nowMillis) {
    return nowMillis < header.validUntil();
  }
}
