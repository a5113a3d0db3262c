package dev.sallyport.gateway.relay;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Where the calls of one app wait while all its upstreams serve as many as they may. The first to
/// come is the first to go. Any thread.
public final class WaitingRoom {
  private final Queue<Boarding> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final WaitCounts counts;
  private volatile int places;

  public WaitingRoom(int places, WaitCounts counts) {
    this.places = places;
    this.counts = counts;
  }

  /// How many may wait from now on.
  public void resize(int newPlaces) {
    places = newPlaces;
  }

  WaitCounts counts() {
    return counts;
  }

  boolean enter(Boarding call) {
    if (size.incrementAndGet() > places) {
      size.decrementAndGet();
      return false;
    }
    waiting.add(call);
    return true;
  }

  void leave(Boarding call) {
    if (waiting.remove(call)) {
      size.decrementAndGet();
    }
  }

  /// Some upstream may take one more.
  void wakeFirst() {
    if (size.get() == 0) {
      return;
    }
    Boarding first = waiting.poll();
    if (first != null) {
      size.decrementAndGet();
      first.placeIsFree();
    }
  }
}
