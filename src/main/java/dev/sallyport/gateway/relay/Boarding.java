package dev.sallyport.gateway.relay;

import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a call comes to a connection: the first upstream that has a place and can be connected to,
/// or a wait for a place. What can't be connected to is not tried again. Confined to the exchange's
/// I/O thread, except for [#placeAt] and [#mayGoTo].
final class Boarding implements UpstreamPool.Waiter {
  private final HttpServerExchange exchange;
  private final List<UpstreamPool> candidates;
  private final Forwarding owner;
  private volatile List<UpstreamPool> left;
  private @Nullable UpstreamPool pool;
  private boolean isWaiting;
  private long waitingSince;
  private boolean over;
  private boolean isCounted;

  Boarding(HttpServerExchange exchange, List<UpstreamPool> candidates, Forwarding owner) {
    this.exchange = exchange;
    this.candidates = candidates;
    this.left = candidates;
    this.owner = owner;
  }

  void begin() {
    boardNext(RelayFailure.NO_UPSTREAM);
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

  /// Whether a place there is of use; any thread.
  boolean mayGoTo(UpstreamPool upstream) {
    return left.contains(upstream);
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

  /// @param last why there is no other upstream, if there is none
  private void boardNext(RelayFailure last) {
    List<UpstreamPool> rest = left;
    for (UpstreamPool candidate : rest) {
      if (candidate.enter()) {
        board(candidate);
        return;
      }
    }
    if (rest.isEmpty()) {
      owner.fail(last);
    } else if (!waitForPlace(rest)) {
      owner.fail(RelayFailure.BUSY);
    }
  }

  private void board(UpstreamPool upstream) {
    pool = upstream;
    countWait();
    upstream.acquire(exchange.getIoThread(), exchange.getConnection().getByteBufferPool(), this);
  }

  private void countWait() {
    if (waitingSince != 0 && !isCounted) {
      isCounted = true;
      room().counts().add(System.nanoTime() - waitingSince);
    }
  }

  private boolean waitForPlace(List<UpstreamPool> upstreams) {
    isWaiting = room().enter(this);
    if (!isWaiting) {
      return false;
    }
    if (waitingSince == 0) {
      waitingSince = System.nanoTime();
    }
    // Given back between the look and the wait: whoever did it saw nobody waiting.
    upstreams.forEach(room()::serve);
    return true;
  }

  /// A place there is this call's, which waits no longer; any thread.
  void placeAt(UpstreamPool upstream) {
    exchange.getIoThread().execute(() -> goTo(upstream));
  }

  private void goTo(UpstreamPool upstream) {
    isWaiting = false;
    if (over) {
      upstream.leave();
    } else {
      board(upstream);
    }
  }

  @Override
  public void connectFailed(RelayFailure failure) {
    UpstreamPool failed = pool;
    if (over || failed == null) {
      return;
    }
    if (failure.isUnreachable()) {
      failed.circuit().unreachable(failure.words());
    }
    left = left.stream().filter(upstream -> upstream != failed).toList();
    leavePool();
    boardNext(failure);
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
