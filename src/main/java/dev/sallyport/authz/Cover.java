package dev.sallyport.authz;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether some selectors together cover another one. What lies partly in one of them is split
/// there, and both parts are looked at on their own: all values are literals, so this ends.
final class Cover {
  // Crafted selectors could take for ever; what is not seen to be covered by then is not.
  private static final int MOST_PARTS = 1_000;

  private final Set<Map<String, Set<String>>> together;
  private int parts;

  Cover(Set<Map<String, Set<String>>> together) {
    this.together = together;
  }

  boolean of(Map<String, Set<String>> selector) {
    if (together.stream().anyMatch(one -> contains(one, selector))) {
      return true;
    }
    parts++;
    return parts <= MOST_PARTS
        && together.stream()
            .filter(one -> meets(one, selector))
            .findFirst()
            .map(one -> both(one, selector))
            .orElse(false);
  }

  private static boolean contains(Map<String, Set<String>> one, Map<String, Set<String>> selector) {
    return one.entrySet().stream()
        .allMatch(key -> !in(selector, key).isEmpty() && isWhole(selector, key));
  }

  private static boolean meets(Map<String, Set<String>> one, Map<String, Set<String>> selector) {
    return one.entrySet().stream().noneMatch(key -> in(selector, key).isEmpty());
  }

  /// The part of the selector that has the first key's values which lie in the one, and the rest.
  private boolean both(Map<String, Set<String>> one, Map<String, Set<String>> selector) {
    Optional<Map.Entry<String, Set<String>>> border =
        one.entrySet().stream().filter(key -> !isWhole(selector, key)).findFirst();
    return border
        .map(
            key -> {
              Set<String> inside = in(selector, key);
              Set<String> outside = new HashSet<>(selector.getOrDefault(key.getKey(), Set.of()));
              outside.removeAll(inside);
              return of(with(selector, key.getKey(), inside))
                  && of(with(selector, key.getKey(), outside));
            })
        .orElse(false);
  }

  private static boolean isWhole(
      Map<String, Set<String>> selector, Map.Entry<String, Set<String>> key) {
    return key.getValue().containsAll(selector.getOrDefault(key.getKey(), Set.of()));
  }

  /// The selector's values of a key that the other has as well; none where it leaves the key open.
  private static Set<String> in(
      Map<String, Set<String>> selector, Map.Entry<String, Set<String>> key) {
    Set<String> shared = new HashSet<>(selector.getOrDefault(key.getKey(), Set.of()));
    shared.retainAll(key.getValue());
    return shared;
  }

  private static Map<String, Set<String>> with(
      Map<String, Set<String>> selector, String key, Set<String> values) {
    Map<String, Set<String>> changed = new HashMap<>(selector);
    changed.put(key, values);
    return changed;
  }
}
