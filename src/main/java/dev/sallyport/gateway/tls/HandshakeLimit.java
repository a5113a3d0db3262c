package dev.sallyport.gateway.tls;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.ssl.SslConnection;

/// Closes connections that do not come to an end with TLS: until then no limit of HTTP applies.
record HandshakeLimit(ChannelListener<StreamConnection> next, Duration limit)
    implements ChannelListener<StreamConnection> {

  @Override
  public void handleEvent(StreamConnection connection) {
    XnioExecutor.Key end =
        connection
            .getIoThread()
            .executeAfter(
                () -> IoUtils.safeClose(connection), limit.toMillis(), TimeUnit.MILLISECONDS);
    ((SslConnection) connection).getHandshakeSetter().set(done -> end.remove());
    next.handleEvent(connection);
  }
}
