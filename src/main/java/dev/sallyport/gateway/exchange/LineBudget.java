package dev.sallyport.gateway.exchange;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// How many lines of a kind the log gets: a flood of refusals must not become a flood of lines.
final class LineBudget {
  static final int PER_SECOND = 20;
  private static final long SECOND = 1_000_000_000L;

  private final LongSupplier nanos;
  private long begun;
  private int written;
  private long omitted;

  LineBudget(LongSupplier nanos) {
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  /// Takes a line's place, and says how many had none since the last one; empty when this one has
  /// none either.
  synchronized OptionalLong take() {
    long now = nanos.getAsLong();
    if (now - begun >= SECOND) {
      begun = now;
      written = 0;
    }
    if (written >= PER_SECOND) {
      omitted++;
      return OptionalLong.empty();
    }
    written++;
    long before = omitted;
    omitted = 0;
    return OptionalLong.of(before);
  }
}
