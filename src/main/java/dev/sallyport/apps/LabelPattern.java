package dev.sallyport.apps;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A value that matches texts: a literal, a glob with `*`, or a regular expression written
/// `^…$`. Always the whole text, always case-sensitive, in linear time (RE2).
public final class LabelPattern {
  private static final int MAX_LENGTH = 256;
  // RE2/J unrolls counted repeats: nested ones would make a program of millions of steps.
  private static final int MAX_REPEATS = 1000;
  private static final Pattern REPEAT = Pattern.compile("\\{(\\d+)(?:,(\\d*))?\\}");

  private final String text;
  private final @Nullable Pattern compiled;

  private LabelPattern(String text, @Nullable Pattern compiled) {
    this.text = text;
    this.compiled = compiled;
  }

  /// A pattern that [#fault] finds nothing wrong with; anything else is an
  /// [IllegalArgumentException].
  public static LabelPattern of(String text) {
    String fault = fault(text);
    if (fault != null) {
      throw new IllegalArgumentException(fault);
    }
    if (isRegex(text)) {
      return new LabelPattern(text, Pattern.compile(text, Pattern.DOTALL));
    }
    return new LabelPattern(text, text.contains("*") ? glob(text) : null);
  }

  /// What is wrong with the text as a pattern; null when nothing is.
  public static @Nullable String fault(String text) {
    if (text.isBlank()) {
      return "must not be blank";
    }
    if (text.length() > MAX_LENGTH) {
      return "must not be longer than " + MAX_LENGTH + " characters";
    }
    if (!isRegex(text)) {
      return null;
    }
    if (repeats(text) > MAX_REPEATS) {
      return "repeats more than " + MAX_REPEATS + " times";
    }
    try {
      Pattern.compile(text);
      return null;
    } catch (PatternSyntaxException e) {
      return "is no regular expression: " + e.getDescription();
    }
  }

  private static boolean isRegex(String text) {
    return text.length() >= 2 && text.startsWith("^") && text.endsWith("$");
  }

  private static double repeats(String text) {
    double product = 1;
    var matcher = REPEAT.matcher(text);
    while (matcher.find()) {
      String most = matcher.group(2);
      String count = most == null || most.isEmpty() ? matcher.group(1) : most;
      product *= Math.max(1, Double.parseDouble(count));
    }
    return product;
  }

  private static Pattern glob(String text) {
    StringBuilder regex = new StringBuilder();
    int start = 0;
    for (int star = text.indexOf('*'); star >= 0; star = text.indexOf('*', start)) {
      regex.append(Pattern.quote(text.substring(start, star))).append(".*");
      start = star + 1;
    }
    regex.append(Pattern.quote(text.substring(start)));
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  public boolean matches(String value) {
    return compiled == null ? text.equals(value) : compiled.matches(value);
  }

  /// Whether it matches exactly one text.
  public boolean isLiteral() {
    return compiled == null;
  }

  /// The pattern as it was written.
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
