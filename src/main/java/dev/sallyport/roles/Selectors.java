package dev.sallyport.roles;

import dev.sallyport.authz.Scope;
import dev.sallyport.persistence.Json;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.PlainText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// Scopes as they are written and stored: one label selector such as `{"env": ["test"]}`; absent
/// means everywhere. Keys and values are in order, so that equal scopes are equal texts.
public final class Selectors {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,126})");
  private static final int MAX_LENGTH = 256;
  private static final int MAX_PARTS = 32;
  private static final TypeReference<Map<String, List<String>>> TYPE = new TypeReference<>() {};

  private Selectors() {}

  /// The scope that an input asks for: everything when it names none. What is wrong is added to the
  /// errors, each with its path below `field`; the answer then means nothing.
  public static Scope scope(
      @Nullable Map<String, List<String>> selector, String field, FieldErrors errors) {
    if (selector == null) {
      return Scope.EVERYTHING;
    }
    errors.addIf(
        selector.isEmpty(), field, "must name a label, or be left out to mean everywhere.");
    errors.addIf(selector.size() > MAX_PARTS, field, "must have at most 32 labels.");
    selector.forEach((key, values) -> check(key, values, field + "." + key, errors));
    return errors.isEmpty() && !selector.isEmpty() ? Scope.of(selector) : Scope.NOTHING;
  }

  private static void check(
      String key, @Nullable List<String> values, String field, FieldErrors errors) {
    errors.addIf(
        !KEY.matcher(key).matches(), field, "must be a label's key: letters, digits and ._/-.");
    if (values == null || values.isEmpty() || values.size() > MAX_PARTS) {
      errors.add(field, "must have 1 to 32 values.");
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      errors.addIf(
          !isLiteral(values.get(i)),
          field + "[" + i + "]",
          "must be the literal value of a label: no *, no ^regular expression$.");
    }
  }

  private static boolean isLiteral(@Nullable String value) {
    return value != null
        && !value.isBlank()
        && value.length() <= MAX_LENGTH
        && PlainText.isLine(value)
        && !value.contains("*")
        && !(value.startsWith("^") && value.endsWith("$"));
  }

  /// The selectors of a scope, in order; null when it is everything.
  public static @Nullable List<Map<String, List<String>>> of(Scope scope) {
    if (scope.isEverything()) {
      return null;
    }
    return scope.anyOf().stream()
        .map(Selectors::ordered)
        .sorted(Comparator.comparing(Json::write))
        .toList();
  }

  private static Map<String, List<String>> ordered(
      Map<String, ? extends Iterable<String>> selector) {
    var ordered = new TreeMap<String, List<String>>();
    Scope.of(selector)
        .anyOf()
        .iterator()
        .next()
        .forEach((key, values) -> ordered.put(key, values.stream().sorted().toList()));
    return ordered;
  }

  /// The one selector of an assignment's scope; null when it is everything.
  static @Nullable Map<String, List<String>> single(Scope scope) {
    List<Map<String, List<String>>> all = of(scope);
    if (all != null && all.size() != 1) {
      throw new IllegalArgumentException("an assignment has one selector, not " + all.size());
    }
    return all == null ? null : all.getFirst();
  }

  static @Nullable String write(Scope scope) {
    Map<String, List<String>> selector = single(scope);
    return selector == null ? null : Json.write(selector);
  }

  static Scope read(@Nullable String json) {
    return json == null ? Scope.EVERYTHING : Scope.of(Json.read(json, TYPE));
  }
}
