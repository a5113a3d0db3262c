package dev.sallyport.connections;

import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Only so many of the threads that let callers in may wait for token endpoints, and for those of
/// one app only half of them: a slow one keeps nobody out of other apps. Whoever finds a token at
/// hand takes no such place.
final class WaitingPlaces {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Semaphore places;
  private final int ofOneApp;
  private final ConcurrentMap<String, Semaphore> byApp = new ConcurrentHashMap<>();

  WaitingPlaces(int places) {
    this.places = new Semaphore(places);
    this.ofOneApp = places / 2;
  }

  /// Does what may wait for a token endpoint of this app.
  ///
  /// @param patience how long to wait for a place; work that most often is a look into the vault
  ///     may wait for its turn
  <T> T waiting(String appId, Duration patience, Supplier<T> work) {
    Semaphore ofApp = byApp.computeIfAbsent(appId, _ -> new Semaphore(ofOneApp));
    return within(ofApp, patience, () -> within(places, patience, work));
  }

  private static <T> T within(Semaphore places, Duration patience, Supplier<T> work) {
    if (!isTaken(places, patience)) {
      throw SallyportException.retryAfter(ProblemType.UPSTREAM_TOKEN_UNAVAILABLE, SOON);
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }

  private static boolean isTaken(Semaphore places, Duration patience) {
    try {
      return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
