package dev.sallyport.gateway.relay;

import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One call on its way: it finds an upstream that can be connected to, watches the client, and sees
/// to the end. Confined to the exchange's I/O thread, except for [#cut] and [#exchangeEvent].
final class Forwarding extends CallClock.Timed
    implements Relay.Handle, Runnable, ExchangeCompletionListener {
  private final HttpServerExchange exchange;
  private final Boarding boarding;
  private final RelayCall call;
  private final RelaySettings settings;
  private final Relay.Clocks clocks;
  private CallClock clock;
  private long sentAt;
  private @Nullable Conversation conversation;
  private @Nullable ClientWatch watch;
  private boolean isWatched;
  private @Nullable Leaving leaving;
  private volatile boolean over;

  Forwarding(
      HttpServerExchange exchange,
      List<UpstreamPool> candidates,
      RelayCall call,
      RelaySettings settings,
      Relay.Clocks clocks) {
    this.exchange = exchange;
    this.boarding = new Boarding(exchange, candidates, this);
    this.call = call;
    this.settings = settings;
    this.clocks = clocks;
    this.clock = clocks.often();
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
    boarding.begin();
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

  void connected(UpstreamPool pool, UpstreamConnection connection) {
    conversation = new Conversation(exchange, pool, connection, call, this);
    conversation.start();
  }

  @Override
  boolean look(long now) {
    if (boarding.isWaiting()) {
      lookAtWait(now);
    } else if (clock == clocks.seldom()) {
      lookAtUpstream(now);
    } else if (conversation != null && conversation.isTunnel()) {
      return true;
    } else if (exchange.isRequestComplete()) {
      requestSent();
      return true;
    } else {
      lookAtBody(now);
    }
    return over;
  }

  private void lookAtWait(long now) {
    if (exchange.isRequestComplete()) {
      watchClient();
    }
    if (boarding.hasWaited(now, settings.patience().place())) {
      fail(RelayFailure.BUSY);
    }
  }

  private void lookAtBody(long now) {
    if (conversation != null && conversation.isRequestStuck(now, settings.patience().response())) {
      fail(RelayFailure.RESPONSE_TIMEOUT);
    }
    if (conversation != null && conversation.isStarved(now, settings.bodyTimeout())) {
      fail(RelayFailure.BODY_TIMEOUT);
    }
  }

  /// At once: reading is resumed before the selector could have noticed that it was suspended. That
  /// saves two system calls, and who leaves is seen without delay.
  void requestSent() {
    if (!over && watch == null && exchange.isRequestComplete()) {
      watchClient();
    }
  }

  private void watchClient() {
    if (isWatched) {
      return;
    }
    isWatched = true;
    watch = ClientWatch.arm(exchange, this::clientGone);
    if (watch == null && (conversation == null || !conversation.isAnswering())) {
      ClientEnd.watchForReset(exchange, this::resetByClient);
    }
  }

  private void resetByClient() {
    if (!over) {
      clientGone();
    }
  }

  /// The request is sent: from now on only the upstream may take long.
  @Override
  void forgotten() {
    if (!over && clock == clocks.often()) {
      clock = clocks.seldom();
      sentAt = System.nanoTime();
      clock.add(this);
    }
  }

  private void lookAtUpstream(long now) {
    if (conversation == null) {
      return; // connecting has a limit of its own
    }
    if (!conversation.isAnswering()) {
      if (conversation.isAstray()) {
        fail(RelayFailure.UNUSABLE_STATUS);
      } else if (now - sentAt > settings.patience().response().toNanos()) {
        fail(RelayFailure.RESPONSE_TIMEOUT);
      }
    } else if (conversation.isStill(now, settings.patience().idle())) {
      fail(RelayFailure.RESPONSE_TIMEOUT);
    }
  }

  @Override
  public void cut() {
    exchange.getIoThread().execute(this::cutHere);
  }

  private void cutHere() {
    if (leaving != null) {
      leaving.cut();
    } else {
      fail(RelayFailure.CUT);
    }
  }

  @Override
  public void exchangeEvent(HttpServerExchange ended, NextListener following) {
    if (conversation != null && conversation.isTunnel()) {
      // What was switched goes on, and completes the call when it ends.
      following.proceed();
      return;
    }
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
    UpstreamPool pool = boarding.pool();
    if (pool != null && !begun && failure.isUnanswered()) {
      pool.circuit().unanswered(failure.words());
    }
    abort();
    if (begun) {
      ClientEnd.drop(exchange);
      return;
    }
    if (failure.spoilsBody()) {
      exchange.setPersistent(false);
    }
    call.failed(exchange, failure);
  }

  void clientGone() {
    abort();
    ClientEnd.drop(exchange);
  }

  /// What is left of the answer is the client's to take.
  void leaveWith(Pump rest) {
    Leaving last = new Leaving(exchange, rest, settings.patience().idle());
    leaving = last;
    clocks.seldom().add(last);
  }

  /// From now on nobody but the tunnel reads what the client sends.
  void switched() {
    if (watch != null) {
      watch.disarm();
    }
  }

  void tunnelOver() {
    if (!over) {
      end();
    }
    call.completed();
  }

  /// The upstream's part is over.
  void end() {
    over = true;
    clock.remove(this);
    if (watch != null) {
      watch.disarm();
    }
    boarding.end();
  }

  private void abort() {
    if (!over) {
      end();
      if (conversation != null) {
        conversation.abort();
      }
    }
  }
}
