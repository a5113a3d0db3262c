package dev.sallyport.connections;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/// One request at a time for each key; whoever comes meanwhile gets what it brings. Not within a
/// cache: its lock would hold up other keys for as long as somebody far away thinks.
final class Flights<K, V> {
  private final ConcurrentMap<K, CompletableFuture<V>> running = new ConcurrentHashMap<>();

  V join(K key, Supplier<V> work) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> first = running.putIfAbsent(key, mine);
    if (first != null) {
      return landed(first);
    }
    try {
      mine.complete(work.get());
    } catch (RuntimeException e) {
      mine.completeExceptionally(e);
    } finally {
      running.remove(key, mine);
      // Nobody waits for ever for one that ended by an error.
      mine.cancel(false);
    }
    return landed(mine);
  }

  private static <V> V landed(CompletableFuture<V> flight) {
    try {
      return flight.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
