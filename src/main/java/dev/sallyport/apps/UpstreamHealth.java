package dev.sallyport.apps;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How an upstream is, as this node sees it, since when, and what went wrong last.
public record UpstreamHealth(String state, Instant since, @Nullable LastError lastError) {

  /// What went wrong, and when.
  public record LastError(String detail, Instant at) {}

  /// What calls may expect of an upstream.
  public enum State {
    /// It answers.
    HEALTHY,
    /// It has come back and gets more calls step by step.
    WARMING,
    /// It answers, but most of the latest answers were errors or came never: calls go elsewhere as
    /// long as there is an elsewhere.
    FAILING,
    /// It can't be reached: no call goes there until a check has connected.
    DOWN;

    public static State of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
