package dev.sallyport.keyring;

import dev.sallyport.crypto.Secret;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One key of a ring.
///
/// @param activeFrom when it begins to sign; other parties know it by then
/// @param retiredAt when another one takes over; it goes on to verify for the time of retention
public record RingKey(
    String id,
    Secret material,
    Instant createdAt,
    Instant activeFrom,
    @Nullable Instant retiredAt) {

  /// Where a key stands.
  public enum State {
    NEXT,
    ACTIVE,
    RETIRED
  }

  public State state(Instant now) {
    if (activeFrom.isAfter(now)) {
      return State.NEXT;
    }
    return retiredAt != null && !retiredAt.isAfter(now) ? State.RETIRED : State.ACTIVE;
  }

  /// Whether what it signed still counts.
  boolean verifies(Instant now, Duration retention) {
    return retiredAt == null || retiredAt.plus(retention).isAfter(now);
  }
}
