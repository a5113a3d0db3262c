package dev.sallyport.apps;

import dev.sallyport.authz.Scope;
import dev.sallyport.problem.FieldErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Which apps something is about, by their labels: every key must be on the app, and one of its
/// values must match. The key `*` with the value `*` asks for nothing, so alone it matches every
/// app, unlabelled ones too.
public final class LabelSelector {
  private static final String ANY = "*";

  private final Map<String, List<LabelPattern>> patterns;

  private LabelSelector(Map<String, List<LabelPattern>> patterns) {
    this.patterns = patterns;
  }

  /// A selector that [#check] has found right.
  public static LabelSelector of(Map<String, List<String>> selector) {
    FieldErrors errors = new FieldErrors();
    check(selector, "selector", errors);
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException("not a valid selector: " + errors.list());
    }
    Map<String, List<LabelPattern>> patterns = new TreeMap<>();
    selector.forEach(
        (key, values) -> patterns.put(key, values.stream().map(LabelPattern::of).toList()));
    return new LabelSelector(patterns);
  }

  /// Adds what is wrong with a selector, each with its own path, such as `appLabels.env[0]`.
  public static void check(Map<String, List<String>> selector, String field, FieldErrors errors) {
    errors.addIf(
        selector.isEmpty(), field, "must name a label; {\"*\": [\"*\"]} selects every app");
    selector.forEach((key, values) -> check(key, values, field + "." + key, errors));
  }

  private static void check(String key, List<String> values, String field, FieldErrors errors) {
    errors.addIf(key.isBlank(), field, "the label's name must not be blank");
    if (values == null || values.isEmpty()) {
      errors.add(field, "must have at least one value");
      return;
    }
    if (key.equals(ANY)) {
      errors.addIf(!values.equals(List.of(ANY)), field, "the key * takes only the single value *");
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      String fault = value == null ? "must not be null" : LabelPattern.fault(value);
      if (fault != null) {
        errors.add(field + "[" + i + "]", fault);
      }
    }
  }

  public boolean matches(Map<String, String> labels) {
    for (Map.Entry<String, List<LabelPattern>> entry : patterns.entrySet()) {
      String label = labels.get(entry.getKey());
      boolean demanded = !entry.getKey().equals(ANY);
      if (demanded
          && (label == null || entry.getValue().stream().noneMatch(p -> p.matches(label)))) {
        return false;
      }
    }
    return true;
  }

  /// Whether every app that it can match lies in the scope: by literal values only, because what a
  /// pattern matches tomorrow nobody knows.
  public boolean isWithin(Scope scope) {
    return scope.anyOf().stream().anyMatch(this::isWithin);
  }

  private boolean isWithin(Map<String, Set<String>> scope) {
    return scope.entrySet().stream()
        .allMatch(key -> isWithin(patterns.getOrDefault(key.getKey(), List.of()), key.getValue()));
  }

  private static boolean isWithin(List<LabelPattern> values, Set<String> allowed) {
    return !values.isEmpty()
        && values.stream().allMatch(v -> v.isLiteral() && allowed.contains(v.text()));
  }

  /// How many labels it demands; of two selectors that match, the more specific one decides.
  public int specificity() {
    return patterns.containsKey(ANY) ? patterns.size() - 1 : patterns.size();
  }

  /// The patterns of each key, in the order of the keys.
  public Map<String, List<LabelPattern>> patterns() {
    return new LinkedHashMap<>(patterns);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelSelector that && patterns.equals(that.patterns);
  }

  @Override
  public int hashCode() {
    return patterns.hashCode();
  }

  @Override
  public String toString() {
    return patterns.toString();
  }
}
