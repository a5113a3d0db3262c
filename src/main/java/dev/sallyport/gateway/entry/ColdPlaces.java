package dev.sallyport.gateway.entry;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// How much work each client, or each app, has waiting or running. The queue of [ColdPool] is for
/// all: one client, a whole company behind one address maybe, may hold as many places as it leaves
/// free, and so may one app. Whoever waits for nothing is not remembered.
final class ColdPlaces {
  private final int size;
  private final AtomicInteger taken = new AtomicInteger();
  private final ConcurrentMap<String, Integer> waiting = new ConcurrentHashMap<>();

  ColdPlaces(int size) {
    this.size = size;
  }

  /// Takes a place; false when this one holds all that it may.
  boolean take(String group) {
    boolean[] isTaken = {false};
    waiting.compute(
        group,
        (key, held) -> {
          int before = held == null ? 0 : held;
          if (before >= size - taken.get()) {
            return held;
          }
          isTaken[0] = true;
          taken.incrementAndGet();
          return before + 1;
        });
    return isTaken[0];
  }

  boolean isFull(String group) {
    return waiting.getOrDefault(group, 0) >= size - taken.get();
  }

  void free(String group) {
    waiting.computeIfPresent(
        group,
        (key, held) -> {
          taken.decrementAndGet();
          return held == 1 ? null : Integer.valueOf(held - 1);
        });
  }

  int remembered() {
    return waiting.size();
  }
}
