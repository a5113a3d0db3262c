package dev.sallyport.gateway;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// How many unknown tokens of one client wait to be looked at. The queue of [ColdPool] is for all,
/// so one client must not fill it. Whoever waits for nothing is not remembered.
final class ColdPlaces {
  static final int PER_CLIENT = 32;

  private final ConcurrentMap<String, Integer> waiting = new ConcurrentHashMap<>();

  /// Takes a place for this address group; false when it holds all that it may.
  boolean take(String group) {
    boolean[] isTaken = {false};
    waiting.compute(
        group,
        (key, held) -> {
          int before = held == null ? 0 : held;
          isTaken[0] = before < PER_CLIENT;
          return isTaken[0] ? Integer.valueOf(before + 1) : held;
        });
    return isTaken[0];
  }

  boolean isFull(String group) {
    return waiting.getOrDefault(group, 0) >= PER_CLIENT;
  }

  void free(String group) {
    waiting.computeIfPresent(group, (key, held) -> held == 1 ? null : held - 1);
  }

  int clients() {
    return waiting.size();
  }
}
