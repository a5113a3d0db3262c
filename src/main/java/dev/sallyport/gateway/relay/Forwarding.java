package dev.sallyport.gateway.relay;

import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/// One call on its way: it finds an upstream that can be connected to, watches the client, and sees
/// to the end. Confined to the exchange's I/O thread, except for [#cut] and [#exchangeEvent].
final class Forwarding extends CallClock.Timed
    implements Relay.Handle, Runnable, UpstreamPool.Waiter, ExchangeCompletionListener {
  private final HttpServerExchange exchange;
  private final List<UpstreamPool> candidates;
  private final RelayCall call;
  private final RelaySettings settings;
  private final CallClock clock;
  private int next;
  private @Nullable UpstreamPool pool;
  private @Nullable Conversation conversation;
  private @Nullable ClientWatch watch;
  private volatile boolean over;

  Forwarding(
      HttpServerExchange exchange,
      List<UpstreamPool> candidates,
      RelayCall call,
      RelaySettings settings,
      CallClock clock) {
    this.exchange = exchange;
    this.candidates = candidates;
    this.call = call;
    this.settings = settings;
    this.clock = clock;
  }

  RelaySettings settings() {
    return settings;
  }

  void begin() {
    exchange.addExchangeCompleteListener(this);
    exchange.dispatch(SameThreadExecutor.INSTANCE, this);
  }

  @Override
  public void run() {
    RelayFailure refusal = refusal();
    if (refusal != null) {
      fail(refusal);
      return;
    }
    clock.add(this);
    connectNext(RelayFailure.NO_UPSTREAM);
  }

  private @Nullable RelayFailure refusal() {
    if (Methods.CONNECT.equals(exchange.getRequestMethod())
        || Methods.TRACE.equals(exchange.getRequestMethod())) {
      return RelayFailure.METHOD_REFUSED;
    }
    return exchange.getRequestContentLength() > settings.maxBodyBytes()
        ? RelayFailure.BODY_TOO_LARGE
        : null;
  }

  private void connectNext(RelayFailure last) {
    RelayFailure failure = last;
    while (next < candidates.size()) {
      UpstreamPool candidate = candidates.get(next++);
      if (candidate.enter()) {
        pool = candidate;
        candidate.acquire(
            exchange.getIoThread(), exchange.getConnection().getByteBufferPool(), this);
        return;
      }
      failure = RelayFailure.BUSY;
    }
    fail(failure);
  }

  @Override
  public void connectFailed(RelayFailure failure) {
    if (!over) {
      leavePool();
      connectNext(failure);
    }
  }

  @Override
  public void connected(UpstreamConnection connection) {
    if (over || pool == null) {
      connection.kill();
      return;
    }
    conversation = new Conversation(exchange, pool, connection, call, this);
    conversation.start();
  }

  @Override
  boolean look(long now) {
    if (exchange.isRequestComplete()) {
      watch = ClientWatch.arm(exchange, this::clientGone);
      return true;
    }
    if (conversation != null && conversation.isStarved(now, settings.bodyTimeout())) {
      fail(RelayFailure.BODY_TIMEOUT);
    }
    return over;
  }

  @Override
  public void cut() {
    exchange.getIoThread().execute(() -> fail(RelayFailure.CUT));
  }

  @Override
  public void exchangeEvent(HttpServerExchange ended, NextListener following) {
    if (!over) {
      // the client's connection was closed below us, at a shutdown maybe by another thread
      if (ended.isInIoThread()) {
        abort();
      } else {
        ended.getIoThread().execute(this::abort);
      }
    }
    try {
      call.completed();
    } finally {
      following.proceed();
    }
  }

  /// There is no answer, or no more of it: the door answers or, if that is too late, the client's
  /// connection is closed.
  void fail(RelayFailure failure) {
    if (over) {
      return;
    }
    boolean begun = conversation != null && conversation.isAnswering();
    abort();
    if (begun) {
      IoUtils.safeClose(exchange.getConnection());
      return;
    }
    if (failure.spoilsBody()) {
      exchange.setPersistent(false);
    }
    call.failed(exchange, failure);
  }

  void clientGone() {
    abort();
    IoUtils.safeClose(exchange.getConnection());
  }

  /// The upstream's part is over.
  void end() {
    over = true;
    clock.remove(this);
    if (watch != null) {
      watch.disarm();
    }
    leavePool();
  }

  private void abort() {
    if (!over) {
      end();
      if (conversation != null) {
        conversation.abort();
      }
    }
  }

  private void leavePool() {
    if (pool != null) {
      pool.leave();
      pool = null;
    }
  }
}
