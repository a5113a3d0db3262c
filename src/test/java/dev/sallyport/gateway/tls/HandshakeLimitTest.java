package dev.sallyport.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.TestPki;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.ssl.SslConnection;

class HandshakeLimitTest {
  private static final Duration LIMIT = Duration.ofMillis(500);

  @TempDir Path folder;
  private XnioWorker worker;
  private SSLContext client;
  private int port;

  @BeforeEach
  void listen() throws IOException {
    TestPki pki = TestPki.make(folder, "server", "EC");
    client = pki.trusting();
    worker = Xnio.getInstance().createWorker(OptionMap.EMPTY);
    ChannelListener<StreamConnection> reading =
        connection -> {
          connection.getSourceChannel().setReadListener(HandshakeLimitTest::read);
          connection.getSourceChannel().resumeReads();
        };
    ChannelListener<AcceptingChannel<SslConnection>> accepting =
        ChannelListeners.openListenerAdapter(new HandshakeLimit(reading, LIMIT));
    var ssl = new UndertowXnioSsl(worker.getXnio(), OptionMap.EMPTY, pki.serverTrusting(pki));
    var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    var channel = ssl.createSslConnectionServer(worker, address, accepting, OptionMap.EMPTY);
    channel.resumeAccepts();
    port = channel.getLocalAddress(InetSocketAddress.class).getPort();
  }

  private static void read(ConduitStreamSourceChannel channel) {
    try {
      channel.read(ByteBuffer.allocate(100));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() {
    worker.shutdownNow();
  }

  @Test
  void connectionWhenItDoesNotGreetThenIsClosed() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void connectionWhenItHasGreetedThenStaysOpen() throws IOException {
    try (Socket witness = new Socket("127.0.0.1", port);
        SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      witness.setSoTimeout(30_000);
      // The one that came before it has been closed by then.
      assertThat(witness.getInputStream().read()).isEqualTo(-1);
      socket.setSoTimeout((int) LIMIT.toMillis() * 2);

      assertThat(readsNothing(socket)).isTrue();
    }
  }

  /// Whether it is still open: reading runs into the time limit and not into the end.
  private static boolean readsNothing(SSLSocket socket) throws IOException {
    try {
      return socket.getInputStream().read() != -1;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }
}
