package dev.sallyport.authz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Where a permission holds: everywhere, or for the apps whose labels fit. Values are literals, so
/// that a scope can be compared and turned into a predicate of a query.
///
/// @param anyOf selectors of which one must fit; a selector fits when each of its keys stands on
///     the app with one of the values. The selector without keys is everything.
public record Scope(Set<Map<String, Set<String>>> anyOf) {
  public static final Scope EVERYTHING = new Scope(Set.of(Map.of()));
  public static final Scope NOTHING = new Scope(Set.of());

  public Scope {
    anyOf = anyOf.contains(Map.<String, Set<String>>of()) ? Set.of(Map.of()) : Set.copyOf(anyOf);
  }

  /// The scope of one selector, such as `{"env": ["test"]}`.
  public static Scope of(Map<String, ? extends Iterable<String>> selector) {
    var copy = new HashMap<String, Set<String>>();
    selector.forEach((key, values) -> copy.put(key, setOf(values)));
    return new Scope(Set.of(Map.copyOf(copy)));
  }

  private static Set<String> setOf(Iterable<String> values) {
    List<String> list = new ArrayList<>();
    values.forEach(list::add);
    return Set.copyOf(list);
  }

  public boolean isEverything() {
    return equals(EVERYTHING);
  }

  public boolean isNothing() {
    return anyOf.isEmpty();
  }

  /// Whether an app with these labels lies inside.
  public boolean covers(Map<String, String> labels) {
    return anyOf.stream().anyMatch(selector -> fits(selector, labels));
  }

  private static boolean fits(Map<String, Set<String>> selector, Map<String, String> labels) {
    return selector.entrySet().stream()
        .allMatch(key -> key.getValue().contains(labels.getOrDefault(key.getKey(), "\0")));
  }

  /// Whether whatever the other covers lies inside, in one of this scope's selectors or in several
  /// of them together.
  public boolean covers(Scope other) {
    return other.anyOf.stream().allMatch(selector -> new Cover(anyOf).of(selector));
  }

  /// What either covers.
  public Scope or(Scope other) {
    var both = new HashSet<>(anyOf);
    both.addAll(other.anyOf);
    return new Scope(both);
  }

  /// What both cover.
  public Scope and(Scope other) {
    var both = new HashSet<Map<String, Set<String>>>();
    for (Map<String, Set<String>> one : anyOf) {
      for (Map<String, Set<String>> two : other.anyOf) {
        Map<String, Set<String>> merged = merged(one, two);
        if (merged.values().stream().noneMatch(Set::isEmpty)) {
          both.add(merged);
        }
      }
    }
    return new Scope(both);
  }

  private static Map<String, Set<String>> merged(
      Map<String, Set<String>> one, Map<String, Set<String>> two) {
    var merged = new HashMap<String, Set<String>>(one);
    two.forEach(
        (key, values) ->
            merged.merge(
                key,
                values,
                (a, b) -> a.stream().filter(b::contains).collect(Collectors.toUnmodifiableSet())));
    return Map.copyOf(merged);
  }
}
