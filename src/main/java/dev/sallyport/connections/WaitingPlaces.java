package dev.sallyport.connections;

import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Only so many of the threads that fetch for callers may wait for token endpoints, and for those
/// of one app only half of them: a slow one keeps nobody out of other apps. Whoever finds a token
/// at hand takes no such place. Beside the shares that the pool gives to apps, because several apps
/// may wait for one slow endpoint.
final class WaitingPlaces {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Semaphore places;
  private final int ofOneApp;
  private final long patienceNanos;
  private final ConcurrentMap<String, Semaphore> byApp = new ConcurrentHashMap<>();

  /// @param patience how long to wait for a place
  WaitingPlaces(int places, Duration patience) {
    this.places = new Semaphore(places);
    this.ofOneApp = places / 2;
    this.patienceNanos = patience.toNanos();
  }

  /// Does what may wait for a token endpoint of this app.
  <T> T waiting(String appId, Supplier<T> work) {
    long end = System.nanoTime() + patienceNanos;
    Semaphore ofApp = byApp.computeIfAbsent(appId, _ -> new Semaphore(ofOneApp));
    return within(ofApp, end, () -> within(places, end, work));
  }

  private static <T> T within(Semaphore places, long end, Supplier<T> work) {
    if (!isTaken(places, end)) {
      throw SallyportException.retryAfter(ProblemType.UPSTREAM_TOKEN_UNAVAILABLE, SOON);
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }

  private static boolean isTaken(Semaphore places, long end) {
    try {
      return places.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
