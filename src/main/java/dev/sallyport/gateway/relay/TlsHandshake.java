package dev.sallyport.gateway.relay;

import io.undertow.client.http.HttpClientProvider;
import io.undertow.connector.ByteBufferPool;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.ssl.SslConnection;

/// Completes the handshake before the connection counts as made. Undertow's client reports a
/// connection that has not shaken hands yet: a bad certificate would look like an upstream that
/// broke off after the request, and the connect timeout would not cover the handshake.
final class TlsHandshake implements ChannelListener<StreamSourceChannel> {
  private static final URI UNUSED = URI.create("https://upstream/");

  private final SslConnection connection;
  private final ByteBufferPool buffers;
  private final OptionMap options;
  private final ConnectAttempt attempt;
  private boolean done;

  TlsHandshake(
      SslConnection connection, ByteBufferPool buffers, OptionMap options, ConnectAttempt attempt) {
    this.connection = connection;
    this.buffers = buffers;
    this.options = options;
    this.attempt = attempt;
  }

  void start() {
    connection.getHandshakeSetter().set(unused -> done = true);
    connection.getSourceChannel().setReadListener(this);
    try {
      connection.startHandshake();
      connection.getSinkChannel().flush();
      connection.getSourceChannel().resumeReads();
    } catch (IOException e) {
      fail();
    }
  }

  @Override
  public void handleEvent(StreamSourceChannel channel) {
    if (attempt.isOver()) {
      IoUtils.safeClose(connection);
      return;
    }
    try {
      int read = channel.read(ByteBuffer.allocate(1));
      if (read != 0) {
        // HTTP/1.1 servers do not speak first
        fail();
      } else if (done) {
        succeed();
      }
    } catch (IOException e) {
      fail();
    }
  }

  private void succeed() {
    connection.getSourceChannel().suspendReads();
    connection.getSourceChannel().setReadListener(null);
    connection.getHandshakeSetter().set(null);
    attempt.guardedBy(AnswerGuard.below(connection));
    HttpClientProvider.alpnProtocol(attempt, UNUSED, buffers, options)
        .getSelected()
        .handleEvent(connection);
  }

  private void fail() {
    IoUtils.safeClose(connection);
    attempt.handshakeFailed();
  }
}
