package dev.sallyport.appsessions.ui;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long to let nothing in.
enum BlockTime {
  SESSION("Until this session would have ended"),
  DAY("For 24 hours"),
  WEEK("For 7 days"),
  LIFTED("Until somebody lifts it"),
  NONE("Don't: a refreshed token may come in");

  private final String label;

  BlockTime(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /// The end of the block; null for none.
  @Nullable Instant until(Instant sessionEnd, Instant now) {
    return switch (this) {
      case SESSION -> sessionEnd;
      case DAY -> now.plus(Duration.ofDays(1));
      case WEEK -> now.plus(Duration.ofDays(7));
      case LIFTED, NONE -> null;
    };
  }
}
