package dev.sallyport.gateway.relay;

import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a call comes to a connection: the first upstream that has a place and can be connected to,
/// or a wait for a place. Confined to the exchange's I/O thread, except for [#placeIsFree].
final class Boarding implements UpstreamPool.Waiter {
  private final HttpServerExchange exchange;
  private final List<UpstreamPool> candidates;
  private final Forwarding owner;
  private int next;
  private @Nullable UpstreamPool pool;
  private boolean isWaiting;
  private long waitingSince;
  private boolean over;
  private boolean isCounted;

  Boarding(HttpServerExchange exchange, List<UpstreamPool> candidates, Forwarding owner) {
    this.exchange = exchange;
    this.candidates = candidates;
    this.owner = owner;
  }

  void begin() {
    connectNext(RelayFailure.NO_UPSTREAM);
  }

  /// The upstream at which the call has a place.
  @Nullable UpstreamPool pool() {
    return pool;
  }

  boolean isWaiting() {
    return isWaiting;
  }

  boolean hasWaited(long now, Duration limit) {
    return isWaiting && now - waitingSince > limit.toNanos();
  }

  /// Gives the place back, or the wait for one up.
  void end() {
    over = true;
    countWait();
    leavePool();
    if (isWaiting) {
      isWaiting = false;
      room().leave(this);
    }
  }

  private void leavePool() {
    if (pool != null) {
      pool.leave();
      pool = null;
    }
  }

  private WaitingRoom room() {
    return candidates.getFirst().room();
  }

  private void connectNext(RelayFailure last) {
    RelayFailure failure = last;
    while (next < candidates.size()) {
      UpstreamPool candidate = candidates.get(next++);
      if (candidate.enter()) {
        pool = candidate;
        countWait();
        candidate.acquire(
            exchange.getIoThread(), exchange.getConnection().getByteBufferPool(), this);
        return;
      }
      failure = RelayFailure.BUSY;
    }
    if (failure != RelayFailure.BUSY || !waitForPlace()) {
      owner.fail(failure);
    }
  }

  private void countWait() {
    if (waitingSince != 0 && !isCounted) {
      isCounted = true;
      room().counts().add(System.nanoTime() - waitingSince);
    }
  }

  private boolean waitForPlace() {
    isWaiting = room().enter(this);
    if (!isWaiting) {
      return false;
    }
    if (waitingSince == 0) {
      waitingSince = System.nanoTime();
    }
    if (hasPlace()) {
      // Given back between the look and the wait: whoever did it saw nobody waiting.
      room().wakeFirst();
    }
    return true;
  }

  private boolean hasPlace() {
    for (UpstreamPool candidate : candidates) {
      if (candidate.hasPlace()) {
        return true;
      }
    }
    return false;
  }

  void placeIsFree() {
    exchange.getIoThread().execute(this::tryAgain);
  }

  private void tryAgain() {
    if (over) {
      // The place is another's.
      room().wakeFirst();
      return;
    }
    isWaiting = false;
    next = 0;
    connectNext(RelayFailure.BUSY);
  }

  @Override
  public void connectFailed(RelayFailure failure) {
    if (over) {
      return;
    }
    if (pool != null && failure.isUnreachable()) {
      pool.circuit().unreachable(failure.words());
    }
    leavePool();
    connectNext(failure);
  }

  @Override
  public void connected(UpstreamConnection connection) {
    if (over || pool == null) {
      connection.kill();
      return;
    }
    owner.connected(pool, connection);
  }
}
