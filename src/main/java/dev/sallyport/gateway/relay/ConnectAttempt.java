package dev.sallyport.gateway.relay;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.util.WorkerUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/// One try to connect, with the time limit that the client library lacks. Answers its waiter once;
/// a connection that comes too late is closed. Confined to its I/O thread.
final class ConnectAttempt implements ClientCallback<ClientConnection> {
  private final XnioIoThread thread;
  private final UpstreamPool.Waiter waiter;
  private final XnioExecutor.Key timer;
  private @Nullable InetAddress address;
  private @Nullable AnswerGuard guard;
  private boolean over;

  ConnectAttempt(XnioIoThread thread, UpstreamPool.Waiter waiter, RelaySettings settings) {
    this.thread = thread;
    this.waiter = waiter;
    long nanos = settings.connectTimeout().toNanos();
    this.timer = WorkerUtils.executeAfter(thread, this::timeOut, nanos, TimeUnit.NANOSECONDS);
  }

  XnioIoThread thread() {
    return thread;
  }

  boolean isOver() {
    return over;
  }

  void to(InetAddress target) {
    address = target;
  }

  /// The socket is connected; the client library comes next.
  void guardedBy(AnswerGuard answers) {
    guard = answers;
  }

  @Override
  public void completed(ClientConnection client) {
    InetAddress target = address;
    AnswerGuard answers = guard;
    if (target == null || answers == null) {
      throw new IllegalStateException("connected before the address was known");
    }
    connected(new UpstreamConnection(client, target, answers));
  }

  void connected(UpstreamConnection connection) {
    if (over) {
      connection.kill();
      return;
    }
    end();
    waiter.connected(connection);
  }

  @Override
  public void failed(IOException e) {
    fail(RelayFailure.CONNECT_FAILED);
  }

  void handshakeFailed() {
    fail(RelayFailure.TLS_FAILED);
  }

  void unresolved(@Nullable Throwable cause) {
    fail(
        switch (cause) {
          case AddressRefusedException e -> RelayFailure.ADDRESS_REFUSED;
          case RejectedExecutionException e -> RelayFailure.BUSY;
          case UncheckedIOException e -> RelayFailure.NAME_NOT_RESOLVED;
          case null, default -> RelayFailure.CONNECT_FAILED;
        });
  }

  private void timeOut() {
    fail(RelayFailure.CONNECT_TIMEOUT);
  }

  private void fail(RelayFailure failure) {
    if (!over) {
      end();
      waiter.connectFailed(failure);
    }
  }

  private void end() {
    over = true;
    timer.remove();
  }
}
