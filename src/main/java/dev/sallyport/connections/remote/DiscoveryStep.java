package dev.sallyport.connections.remote;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One step of a discovery. `outcome` is ok, warning, failed or skipped; `detail` says what was
/// found.
///
/// @param raw what the other side sent, cut short; absent where nothing was sent
public record DiscoveryStep(String step, String outcome, String detail, @Nullable String raw) {
  private static final int LONGEST = 4_000;

  /// How a step went.
  public enum Outcome {
    OK,
    WARNING,
    FAILED,
    SKIPPED;

    /// The form that is shown, such as `ok`.
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// A step without anything raw.
  public static DiscoveryStep of(String step, Outcome outcome, String detail) {
    return new DiscoveryStep(step, outcome.code(), detail, null);
  }

  DiscoveryStep showing(String text) {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return new DiscoveryStep(step, outcome, detail, cut);
  }
}
