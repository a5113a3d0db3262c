package dev.sallyport.gateway.relay;

import io.undertow.util.WorkerUtils;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/// Unused connections of one upstream on one I/O thread, the latest used first, so that under light
/// load the others grow old and go. Confined to its I/O thread.
final class IdleConnections implements Runnable {
  private final XnioIoThread thread;
  private final long ttlNanos;
  private final Deque<UpstreamConnection> connections = new ArrayDeque<>();
  private boolean sweeping;
  private boolean closed;

  IdleConnections(XnioIoThread thread, long ttlNanos) {
    this.thread = thread;
    this.ttlNanos = ttlNanos;
  }

  @Nullable UpstreamConnection take(InetAddress address, long now) {
    UpstreamConnection connection = connections.pollFirst();
    while (connection != null) {
      if (isUsable(connection, now) && connection.leadsTo(address)) {
        return connection;
      }
      connection.kill();
      connection = connections.pollFirst();
    }
    return null;
  }

  /// One on which there is more than the answer would answer its next call with that.
  void put(UpstreamConnection connection) {
    if (closed || !connection.isOpen() || connection.guard().isAhead()) {
      connection.kill();
      return;
    }
    connection.idleFrom(System.nanoTime());
    connections.addFirst(connection);
    scheduleSweep();
  }

  void close() {
    closed = true;
    connections.forEach(UpstreamConnection::kill);
    connections.clear();
  }

  /// The sweep: oldest are last, and connections that the upstream closed go with them.
  @Override
  public void run() {
    sweeping = false;
    long now = System.nanoTime();
    UpstreamConnection oldest = connections.peekLast();
    while (oldest != null && !isUsable(oldest, now)) {
      connections.removeLast();
      oldest.kill();
      oldest = connections.peekLast();
    }
    scheduleSweep();
  }

  private boolean isUsable(UpstreamConnection connection, long now) {
    return connection.isOpen() && !connection.isIdleLongerThan(ttlNanos, now);
  }

  private void scheduleSweep() {
    if (!sweeping && !connections.isEmpty()) {
      sweeping = true;
      WorkerUtils.executeAfter(thread, this, ttlNanos, TimeUnit.NANOSECONDS);
    }
  }
}
