package dev.sallyport.testing.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// What reached the dumper and which of its streams are open, for tests to wait on.
final class Arrivals {
  /// A demo runs for days: only the latest requests are kept.
  static final int KEPT = 500;

  private final Deque<Received> received = new ArrayDeque<>();
  private int openStreams;

  synchronized void add(Received request) {
    if (received.size() == KEPT) {
      received.removeFirst();
    }
    received.addLast(request);
    notifyAll();
  }

  synchronized void clear() {
    received.clear();
  }

  synchronized List<Received> received() {
    return List.copyOf(received);
  }

  synchronized void streamOpened() {
    openStreams++;
    notifyAll();
  }

  synchronized void streamClosed() {
    openStreams--;
    notifyAll();
  }

  synchronized int openStreams() {
    return openStreams;
  }

  synchronized List<Received> awaitReceived(int count, Duration patience) {
    await(() -> received.size() >= count, patience);
    return received();
  }

  synchronized void awaitOpenStreams(int count, Duration patience) {
    await(() -> openStreams == count, patience);
  }

  private synchronized void await(BooleanSupplier condition, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new IllegalStateException(
            "After %s: %d requests, %d open streams"
                .formatted(patience, received.size(), openStreams));
      }
      pause(left);
    }
  }

  private synchronized void pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", e);
    }
  }
}
