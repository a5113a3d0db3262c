package dev.sallyport.appauth.verification;

import org.jspecify.annotations.Nullable;

/// One line of an explanation, for an admin: what was checked, what it expected and what it found.
public record Check(
    String name,
    Outcome outcome,
    @Nullable String expected,
    @Nullable String found,
    String sentence) {
  /// How a check went; skipped when what it needs is missing because an earlier one failed.
  public enum Outcome {
    PASSED,
    FAILED,
    SKIPPED
  }

  public Check {
    expected = RefusalFacts.cut(expected);
    found = RefusalFacts.cut(found);
  }
}
