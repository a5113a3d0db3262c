package dev.sallyport.appsessions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How sessions end, and how their people may come back.
public record Ending(EndReason reason, String by, Return back) {
  /// What a block says of those who want to come back.
  public sealed interface Return {
    /// They may: there is no block.
    record AtOnce() implements Return {}

    /// With a sign-in after the end.
    record ByNewSignIn() implements Return {}

    /// When the time has come, or without one when somebody lifts the block.
    record After(@Nullable Instant time, @Nullable String note) implements Return {}
  }

  static Ending withoutBlock(EndReason reason, String by) {
    return new Ending(reason, by, new Return.AtOnce());
  }

  static Ending untilNewSignIn(EndReason reason, String by) {
    return new Ending(reason, by, new Return.ByNewSignIn());
  }

  static Ending until(@Nullable Instant time, EndReason reason, String by) {
    return new Ending(reason, by, new Return.After(time, null));
  }

  Ending noting(@Nullable String note) {
    return back instanceof Return.After(Instant time, _)
        ? new Ending(reason, by, new Return.After(time, note))
        : this;
  }
}
