package dev.sallyport.jose;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sallyport.jose.JwksCache.Machinery;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The keys of one URL: the last good set, and at most one fetch on its way.
final class JwksEntry {
  private static final Logger LOG = Logger.getLogger(JwksEntry.class);

  // Each waits with a thread of its own, and anybody may write a token with an unknown key.
  private static final int MOST_WAITING = 64;

  /// A moment on both clocks: the ticker for durations, the wall clock for people.
  private record Moment(long nanos, Instant instant) {}

  private record Good(KeySet keys, Moment since) {}

  /// A fetch on its way; new for the one caller who has to launch it.
  private record Flight(CompletableFuture<@Nullable Void> end, boolean isNew) {}

  private final URI url;
  private final Machinery machinery;
  private final Consumer<URI> keyVanished;
  private final Object lock = new Object();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile @Nullable Good good;

  @GuardedBy("lock")
  private @Nullable CompletableFuture<@Nullable Void> inFlight;

  @GuardedBy("lock")
  private @Nullable Moment lastAttempt;

  @GuardedBy("lock")
  private @Nullable Moment lastUnknownKey;

  @GuardedBy("lock")
  private @Nullable String lastError;

  JwksEntry(URI url, Machinery machinery, Consumer<URI> keyVanished) {
    this.url = url;
    this.machinery = machinery;
    this.keyVanished = keyVanished;
  }

  /// The set to use now. Waits only when there is none that may still be used.
  KeySet current() throws JwksUnavailableException {
    Good known = good;
    if (known != null && isWithin(JwksCache.LAST_GOOD, known.since)) {
      refreshIfDue();
      return known.keys;
    }
    join(startUnlessCooling());
    Good fetched = good;
    if (fetched == null || !isWithin(JwksCache.LAST_GOOD, fetched.since)) {
      throw new JwksUnavailableException(error());
    }
    return fetched.keys;
  }

  void refreshIfDue() {
    Good known = good;
    if (known == null || !isYoungerThan(JwksCache.REFRESH_AFTER, known.since)) {
      var _ = startUnlessCooling();
    }
  }

  /// True when a fetch has ended since the call began: the set may hold the key now.
  boolean refetchForUnknownKey() throws JwksUnavailableException {
    Flight flight;
    synchronized (lock) {
      if (inFlight == null) {
        if (lastUnknownKey != null && isYoungerThan(JwksCache.COOL_DOWN, lastUnknownKey)) {
          return false;
        }
        lastUnknownKey = now();
      }
      flight = reserve();
    }
    join(launch(flight));
    return true;
  }

  void fetchAndWait() {
    Flight flight;
    synchronized (lock) {
      flight = reserve();
    }
    launch(flight).join();
  }

  /// Null when there is nothing to wait for: the set is fresh by now, or a failure's cool-down goes
  /// on.
  private @Nullable CompletableFuture<@Nullable Void> startUnlessCooling() {
    Flight flight;
    synchronized (lock) {
      Good known = good;
      boolean isFresh = known != null && isYoungerThan(JwksCache.REFRESH_AFTER, known.since);
      if (inFlight == null && isFresh) {
        // Another caller's fetch ended between our look at the set and the lock.
        return null;
      }
      if (inFlight == null
          && lastError != null
          && lastAttempt != null
          && isYoungerThan(JwksCache.COOL_DOWN, lastAttempt)) {
        return null;
      }
      flight = reserve();
    }
    return launch(flight);
  }

  @GuardedBy("lock")
  private Flight reserve() {
    if (inFlight != null) {
      return new Flight(inFlight, false);
    }
    inFlight = new CompletableFuture<>();
    lastAttempt = now();
    return new Flight(inFlight, true);
  }

  // Outside the lock: an executor may run the fetch in the calling thread.
  private CompletableFuture<@Nullable Void> launch(Flight flight) {
    if (flight.isNew) {
      try {
        machinery.executor().execute(() -> run(flight.end));
      } catch (RejectedExecutionException e) {
        finish(flight.end, "too many fetches are running");
      }
    }
    return flight.end;
  }

  private void run(CompletableFuture<@Nullable Void> end) {
    Good before = good;
    String error = "the fetch broke off";
    try {
      Moment started = now();
      good = new Good(machinery.fetch(url), started);
      error = null;
    } catch (JwksUnavailableException e) {
      error = e.reason();
    } catch (RuntimeException e) {
      LOG.errorf(e, "the keys of %s could not be fetched", url.getHost());
      error = "unexpected " + e.getClass().getSimpleName();
    } finally {
      finish(end, error);
    }
    Good after = good;
    if (before != null && after != null && after.keys.lacksAnyOf(before.keys)) {
      keyVanished.accept(url);
    }
  }

  private void finish(CompletableFuture<@Nullable Void> fetch, @Nullable String error) {
    synchronized (lock) {
      lastError = error;
      inFlight = null;
    }
    fetch.complete(null);
  }

  private void join(@Nullable CompletableFuture<@Nullable Void> fetch)
      throws JwksUnavailableException {
    if (fetch == null || fetch.isDone()) {
      return;
    }
    try {
      if (waiting.incrementAndGet() > MOST_WAITING) {
        throw new JwksUnavailableException("too many wait for them already");
      }
      fetch.join();
    } finally {
      waiting.decrementAndGet();
    }
  }

  private String error() {
    synchronized (lock) {
      return lastError == null ? "no fetch has succeeded yet" : lastError;
    }
  }

  JwksStatus status() {
    Good known = good;
    synchronized (lock) {
      return new JwksStatus(
          url,
          known == null ? null : known.since.instant,
          lastAttempt == null ? null : lastAttempt.instant,
          lastError,
          known == null ? List.of() : known.keys.keyIds(),
          known == null ? Map.of() : known.keys.ignored(),
          lastAttempt == null
              ? null
              : lastAttempt.instant.plus(
                  lastError == null ? JwksCache.REFRESH_AFTER : JwksCache.COOL_DOWN));
    }
  }

  private Moment now() {
    return new Moment(machinery.ticker().read(), machinery.clock().instant());
  }

  private boolean isWithin(Duration limit, Moment since) {
    return machinery.ticker().read() - since.nanos <= limit.toNanos();
  }

  private boolean isYoungerThan(Duration limit, Moment since) {
    return machinery.ticker().read() - since.nanos < limit.toNanos();
  }
}
