package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.health.Circuit;
import io.undertow.connector.ByteBufferPool;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/// The connections to one upstream. How many calls it serves at a time is counted here; the number
/// of connections has no limit of its own, since open streams hold one each.
public final class UpstreamPool implements AutoCloseable {

  /// Who asked for a connection; answered on the I/O thread, maybe before `acquire` returns.
  interface Waiter {
    void connected(UpstreamConnection connection);

    void connectFailed(RelayFailure failure);
  }

  private final UpstreamTarget target;
  private final String hostHeader;
  private final String requestTarget;
  private final Egress egress;
  private final Connector connector;
  private final AddressBook addresses;
  private final ConcurrentMap<XnioIoThread, IdleConnections> idle = new ConcurrentHashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Circuit circuit;
  private final WaitingRoom room;
  private volatile int maxInFlight;
  private volatile boolean closed;

  /// `room` is where calls of the same app wait.
  public UpstreamPool(UpstreamTarget target, Egress egress, Circuit circuit, WaitingRoom room) {
    this.circuit = circuit;
    this.room = room;
    this.maxInFlight = egress.settings().maxInFlight();
    this.target = target;
    this.hostHeader = target.hostHeader();
    this.requestTarget = target.requestTarget();
    this.egress = egress;
    this.connector = new Connector(target, egress.tls());
    this.addresses = new AddressBook(target, egress);
  }

  public UpstreamTarget target() {
    return target;
  }

  /// Trust and identity of its connections.
  public SSLContext tls() {
    return egress.tls();
  }

  /// Calls that are running now, open streams included.
  public int inFlight() {
    return inFlight.get();
  }

  public Circuit circuit() {
    return circuit;
  }

  /// How many calls it serves at a time from now on.
  public void limit(int calls) {
    maxInFlight = calls;
    room.serve(this);
  }

  WaitingRoom room() {
    return room;
  }

  /// Closes what is idle; running calls finish, and their connections are closed after them.
  @Override
  public void close() {
    closed = true;
    idle.forEach((thread, connections) -> thread.execute(connections::close));
  }

  String hostHeader() {
    return hostHeader;
  }

  String requestTarget() {
    return requestTarget;
  }

  /// Never counts more than may be, not even for a moment: who looks then would find no place.
  boolean enter() {
    int calls = inFlight.get();
    while (calls < maxInFlight) {
      if (inFlight.compareAndSet(calls, calls + 1)) {
        return true;
      }
      calls = inFlight.get();
    }
    return false;
  }

  /// For a place that nobody used.
  void giveBack() {
    inFlight.decrementAndGet();
  }

  void leave() {
    inFlight.decrementAndGet();
    room.serve(this);
  }

  void acquire(XnioIoThread thread, ByteBufferPool buffers, Waiter waiter) {
    long now = System.nanoTime();
    PinnedAddress address = addresses.current(now);
    if (address == null) {
      ConnectAttempt attempt = new ConnectAttempt(thread, waiter, egress.settings());
      addresses
          .resolve()
          .whenComplete((found, e) -> thread.execute(() -> resolved(attempt, buffers, found, e)));
      return;
    }
    UpstreamConnection ready = idle(thread).take(address.address(), now);
    if (ready != null) {
      waiter.connected(ready);
    } else {
      ConnectAttempt attempt = new ConnectAttempt(thread, waiter, egress.settings());
      connector.connect(address.address(), buffers, attempt);
    }
  }

  /// Looks its name up anew, where that may take long; everybody who waits shares one look-up.
  public CompletableFuture<InetAddress> look() {
    return addresses.resolve().thenApply(PinnedAddress::address);
  }

  /// Takes back a connection whose last exchange is finished on both sides.
  void release(XnioIoThread thread, UpstreamConnection connection) {
    if (closed) {
      connection.kill();
    } else {
      idle(thread).put(connection);
    }
  }

  private void resolved(
      ConnectAttempt attempt,
      ByteBufferPool buffers,
      @Nullable PinnedAddress found,
      @Nullable Throwable failure) {
    if (found == null) {
      attempt.unresolved(failure);
      return;
    }
    if (attempt.isOver()) {
      return;
    }
    UpstreamConnection ready = idle(attempt.thread()).take(found.address(), System.nanoTime());
    if (ready != null) {
      attempt.connected(ready);
    } else {
      connector.connect(found.address(), buffers, attempt);
    }
  }

  private IdleConnections idle(XnioIoThread thread) {
    IdleConnections connections = idle.get(thread);
    if (connections == null) {
      long ttl = egress.settings().idleTtl().toNanos();
      connections = idle.computeIfAbsent(thread, t -> new IdleConnections(t, ttl));
    }
    return connections;
  }
}
