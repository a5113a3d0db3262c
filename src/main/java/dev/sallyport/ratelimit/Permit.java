package dev.sallyport.ratelimit;

import java.time.Duration;

/// The limiter's answer.
public sealed interface Permit {
  record Granted() implements Permit {}

  /// `retryAfter` is when one more will be granted, if nobody else takes it.
  record Denied(Duration retryAfter) implements Permit {
    /// For the `Retry-After` header: whole seconds, rounded up, at least one.
    public long retryAfterSeconds() {
      return Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds());
    }
  }
}
