package dev.sallyport.problem;

import org.jspecify.annotations.Nullable;

/// Which texts of an input can be shown and stored: none with control characters, of which
/// PostgreSQL refuses NUL outright.
public final class PlainText {
  private PlainText() {}

  /// For names and values. An absent text is fine.
  public static boolean isLine(@Nullable String text) {
    return text == null || text.chars().noneMatch(Character::isISOControl);
  }

  /// For descriptions: line breaks and tabs may stand in it.
  public static boolean isProse(@Nullable String text) {
    return text == null || isLine(text.replaceAll("[\\n\\r\\t]", ""));
  }
}
