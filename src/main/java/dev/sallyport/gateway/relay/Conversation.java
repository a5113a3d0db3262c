package dev.sallyport.gateway.relay;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientResponse;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The part of a call from the request's first byte to the answer's last, on one connection.
/// Confined to the exchange's I/O thread.
///
/// It is its own callback for every step, so that a call costs few objects.
final class Conversation implements ClientCallback<ClientExchange>, PumpEvents {
  private static final HttpContinueReadHandler CONTINUE = new HttpContinueReadHandler(e -> {});

  private final HttpServerExchange exchange;
  private final UpstreamPool pool;
  private final UpstreamConnection connection;
  private final RelayCall call;
  private final Forwarding owner;
  private @Nullable Pump requestPump;
  private @Nullable Pump responsePump;
  private boolean requestSent;
  private boolean ended;
  private boolean isPlain;
  private @Nullable Tunnel tunnel;

  Conversation(
      HttpServerExchange exchange,
      UpstreamPool pool,
      UpstreamConnection connection,
      RelayCall call,
      Forwarding owner) {
    this.exchange = exchange;
    this.pool = pool;
    this.connection = connection;
    this.call = call;
    this.owner = owner;
  }

  void start() {
    connection.guard().heard();
    connection.client().sendRequest(Messages.request(exchange, pool, call), this);
  }

  /// Whether the client's response has begun.
  boolean isAnswering() {
    return responsePump != null || tunnel != null;
  }

  /// Whether there will be no answer of the kind that was asked for.
  boolean isAstray() {
    return connection.isChanged();
  }

  /// Whether both sides have switched to another protocol.
  boolean isTunnel() {
    return tunnel != null;
  }

  /// Whether the client has sent next to nothing of its body for so long.
  boolean isStarved(long now, Duration limit) {
    return requestPump != null && !requestSent && requestPump.isStarved(now, limit);
  }

  /// Whether the upstream takes no more of the request's body.
  boolean isRequestStuck(long now, Duration limit) {
    return requestPump != null && !requestSent && requestPump.isStuck(now, limit);
  }

  /// Whether nothing of the answer's body has moved for so long.
  boolean isStill(long now, Duration limit) {
    return tunnel == null
        ? responsePump != null && responsePump.isStill(now, limit)
        : tunnel.isStill(now, limit);
  }

  void abort() {
    if (tunnel != null) {
      tunnel.close();
    } else if (!ended) {
      end(false);
      if (responsePump != null) {
        responsePump.stop();
      }
    }
  }

  /// Called twice: when the request's head is accepted, and with the response.
  @Override
  public void completed(ClientExchange upstream) {
    if (ended) {
      return;
    }
    if (upstream.getResponse() == null) {
      upstream.setResponseListener(this);
      sendBody(upstream);
    } else if (!isAnswering()) {
      answer(upstream);
    }
  }

  @Override
  public void failed(IOException e) {
    if (!ended) {
      boolean isUnreadable = connection.guard().isGivenUp();
      owner.fail(isUnreadable ? RelayFailure.UNREADABLE_ANSWER : RelayFailure.BROKEN_BEFORE_ANSWER);
    }
  }

  private void sendBody(ClientExchange upstream) {
    if (exchange.isRequestComplete()) {
      requestSent();
      return;
    }
    // the limit is ours: the server's own would reset the connection without an answer
    exchange.setMaxEntitySize(-1);
    if (exchange.getRequestHeaders().contains(Headers.EXPECT)) {
      expectContinue();
    }
    requestPump =
        new Pump(
            exchange.getRequestChannel(),
            upstream.getRequestChannel(),
            exchange.getConnection().getByteBufferPool(),
            this,
            owner.settings().maxBodyBytes());
    requestPump.start();
  }

  private void requestSent() {
    requestSent = true;
    owner.requestSent();
  }

  private void expectContinue() {
    try {
      CONTINUE.handleRequest(exchange);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(ClientExchange upstream) {
    ClientResponse response = upstream.getResponse();
    connection.guard().heard();
    int status = response.getResponseCode();
    if (status == StatusCodes.SWITCHING_PROTOCOLS && call.upgrades()) {
      switchProtocols(response);
      return;
    }
    RelayFailure fault = isAstray() ? RelayFailure.UNUSABLE_STATUS : AnswerFraming.fault(response);
    if (fault != null) {
      owner.fail(fault);
      return;
    }
    isPlain = AnswerFraming.isPlain(response);
    pool.circuit().answered(status);
    Messages.response(exchange, response, pool.target(), call);
    if (!call.answered(pool.target(), exchange)) {
      decline();
    } else if (AnswerFraming.lacksItsBody(response) && !isHead()) {
      end(false);
      owner.end();
      endExchange();
    } else {
      passBody(upstream);
    }
  }

  private void decline() {
    exchange.getResponseHeaders().clear();
    exchange.setStatusCode(StatusCodes.OK);
    owner.fail(RelayFailure.DECLINED);
  }

  private void passBody(ClientExchange upstream) {
    responsePump =
        new Pump(
            upstream.getResponseChannel(),
            exchange.getResponseChannel(),
            exchange.getConnection().getByteBufferPool(),
            this,
            Long.MAX_VALUE);
    responsePump.start();
  }

  private boolean isHead() {
    return Methods.HEAD.equals(exchange.getRequestMethod());
  }

  /// The exchange ends with its head, and the connections go on as something else.
  private void switchProtocols(ClientResponse response) {
    pool.circuit().answered(response.getResponseCode());
    Messages.response(exchange, response, pool.target(), call);
    call.answered(pool.target(), exchange);
    String protocol = response.getResponseHeaders().getFirst(Headers.UPGRADE);
    exchange.getResponseHeaders().put(Headers.UPGRADE, String.valueOf(protocol));
    Tunnel opening =
        new Tunnel(connection, exchange.getConnection().getByteBufferPool(), owner::tunnelOver);
    tunnel = opening;
    ended = true;
    exchange.setPersistent(exchange.isHttp11());
    owner.switched();
    opening.open(exchange);
  }

  @Override
  public void moved(Pump pump) {
    if (pump == responsePump) {
      connection.guard().heard();
    }
  }

  @Override
  public void drained(Pump pump) {
    if (pump == responsePump) {
      end(requestSent && isPlain && !hasOddBody() && !call.upgrades());
      owner.end();
    }
    pump.finish();
    if (pump == responsePump && !pump.isFinished()) {
      owner.leaveWith(pump);
    }
  }

  @Override
  public void finished(Pump pump) {
    if (pump == requestPump) {
      requestSent();
      return;
    }
    endExchange();
  }

  private void endExchange() {
    if (!exchange.isRequestComplete()) {
      // answered early: the rest of the body is not wanted
      exchange.setPersistent(false);
    }
    exchange.endExchange();
  }

  @Override
  public void readFailed(Pump pump, IOException e) {
    if (pump == responsePump) {
      owner.fail(RelayFailure.BROKEN_BEFORE_ANSWER);
    } else if (e instanceof BodyTooLargeException) {
      owner.fail(RelayFailure.BODY_TOO_LARGE);
    } else {
      owner.clientGone();
    }
  }

  @Override
  public void writeFailed(Pump pump, IOException e) {
    if (pump == responsePump) {
      owner.clientGone();
    } else if (!isAnswering()) {
      owner.fail(RelayFailure.BROKEN_BEFORE_ANSWER);
    }
  }

  /// A server that overlooks the body of such a request would take it for the next one.
  private boolean hasOddBody() {
    return requestPump != null
        && (Methods.GET.equals(exchange.getRequestMethod())
            || isHead()
            || Methods.DELETE.equals(exchange.getRequestMethod())
            || Methods.OPTIONS.equals(exchange.getRequestMethod()));
  }

  /// The connection is given back only if both sides are finished; returned half-way it would
  /// answer the next call with the rest of this one.
  private void end(boolean reusable) {
    ended = true;
    if (requestPump != null && !requestSent) {
      requestPump.stop();
    }
    if (reusable) {
      pool.release(exchange.getIoThread(), connection);
    } else {
      connection.kill();
    }
  }
}
