package dev.sallyport.apps;

import dev.sallyport.fuzz.Holds;
import dev.sallyport.problem.FieldErrors;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is found right as a pattern works as one; a literal matches itself and nothing longer.
public final class LabelPatternFuzz {
  private LabelPatternFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    if (LabelPattern.fault(text) == null) {
      LabelPattern pattern = LabelPattern.of(text);
      Holds.that(!pattern.isLiteral() || pattern.matches(text), "a literal matches itself");
      Holds.that(!pattern.isLiteral() || !pattern.matches(text + "x"), "and nothing longer");
      pattern.matches("a".repeat(200));
    }
    Map<String, List<String>> selector = new HashMap<>();
    selector.put("env", List.of(text));
    selector.put(text, List.of("*"));
    FieldErrors errors = new FieldErrors();
    LabelSelector.check(selector, "selector", errors);
    if (errors.isEmpty()) {
      LabelSelector.of(selector).matches(Map.of("env", text));
    }
  }
}
