package dev.sallyport.gateway.relay;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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

  /// False when it has left already, with a place at an upstream.
  boolean leave(Boarding call) {
    boolean isMine = waiting.remove(call);
    if (isMine) {
      size.decrementAndGet();
    }
    return isMine;
  }

  /// Gives what is free at this upstream to those who can go there, in the order in which they
  /// came. They keep their turn until they have a place. Whoever gives a place back looks after it
  /// did so, and whoever comes to wait once it stands here: one of them sees the other.
  void serve(UpstreamPool upstream) {
    while (size.get() > 0 && first(upstream) != null && upstream.enter()) {
      Boarding next = first(upstream);
      while (next != null && !leave(next)) {
        next = first(upstream);
      }
      if (next == null) {
        upstream.giveBack();
      } else {
        next.placeAt(upstream);
      }
    }
  }

  private @Nullable Boarding first(UpstreamPool upstream) {
    for (Boarding call : waiting) {
      if (call.mayGoTo(upstream)) {
        return call;
      }
    }
    return null;
  }
}
