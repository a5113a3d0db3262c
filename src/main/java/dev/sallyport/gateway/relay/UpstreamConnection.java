package dev.sallyport.gateway.relay;

import io.undertow.client.ClientConnection;
import java.io.IOException;
import java.net.InetAddress;
import org.xnio.IoUtils;

/// One connection to an upstream. Confined to its I/O thread.
final class UpstreamConnection {
  private final ClientConnection client;
  private final InetAddress address;
  private final AnswerGuard guard;
  private long idleSince;

  UpstreamConnection(ClientConnection client, InetAddress address, AnswerGuard guard) {
    this.client = client;
    this.address = address;
    this.guard = guard;
  }

  ClientConnection client() {
    return client;
  }

  AnswerGuard guard() {
    return guard;
  }

  /// Whether the upstream has changed it to HTTP/2, which the client library lets it do unasked.
  boolean isChanged() {
    return client.isMultiplexingSupported();
  }

  void idleFrom(long now) {
    idleSince = now;
  }

  boolean isIdleLongerThan(long nanos, long now) {
    return now - idleSince > nanos;
  }

  boolean isOpen() {
    return client.isOpen() && !client.isUpgraded() && !isChanged();
  }

  boolean leadsTo(InetAddress other) {
    return address.equals(other);
  }

  /// Closes at once. `ClientConnection.close()` would first wait up to 10 s for the upstream, which
  /// would go on working for a client that is gone; the connection below it closes immediately.
  void kill() {
    try {
      IoUtils.safeClose(client.performUpgrade());
    } catch (IOException alreadyClosed) {
      IoUtils.safeClose(client);
    }
  }
}
