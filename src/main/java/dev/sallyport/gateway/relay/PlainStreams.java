package dev.sallyport.gateway.relay;

import io.undertow.protocols.ssl.UndertowXnioSsl;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.xnio.ChannelListener;
import org.xnio.IoFuture;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.channels.BoundChannel;
import org.xnio.ssl.SslConnection;

/// Connects without TLS in the place where Undertow's client asks for TLS. It is the only one at
/// which a connection can be got hold of before the client reads from it; what the client does with
/// it afterwards is the same for both.
final class PlainStreams extends UndertowXnioSsl {
  private final ConnectAttempt attempt;

  PlainStreams(ConnectAttempt attempt, SSLContext unused) {
    super(attempt.thread().getWorker().getXnio(), OptionMap.EMPTY, unused);
    this.attempt = attempt;
  }

  @Override
  @SuppressWarnings("unchecked") // of the future only the outcome is asked, and the client's
  // listener takes any StreamConnection
  public IoFuture<SslConnection> openSslConnection(
      XnioIoThread thread,
      InetSocketAddress unbound,
      InetSocketAddress address,
      ChannelListener<? super SslConnection> client,
      ChannelListener<? super BoundChannel> bound,
      OptionMap options) {
    ChannelListener<StreamConnection> next =
        (ChannelListener<StreamConnection>) (ChannelListener<?>) client;
    IoFuture<?> connecting =
        thread.openStreamConnection(
            address,
            connection -> {
              attempt.guardedBy(AnswerGuard.below(connection));
              next.handleEvent(connection);
            },
            options);
    return (IoFuture<SslConnection>) connecting;
  }
}
