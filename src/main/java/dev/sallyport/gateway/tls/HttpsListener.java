package dev.sallyport.gateway.tls;

import dev.sallyport.config.Settings;
import dev.sallyport.config.TlsSettings;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.CanonicalPathHandler;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.server.protocol.http.AlpnOpenListener;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http2.Http2OpenListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Sequence;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.ssl.SslConnection;

/// HTTP/1.1 and HTTP/2 over TLS, beside the server's plain listener and within the same bounds. It
/// is opened here because the server's own would need its key store rebuilt by hand for each new
/// certificate.
final class HttpsListener implements AutoCloseable {
  private static final long LOOK_SECONDS = 5;
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  // Each may be a stream that is idle for an hour.
  private static final int STREAMS_OF_CONNECTION = 256;
  // Of streams that a client has ended, the answers may still be on their way.
  private static final int UNANSWERED_OF_CONNECTION = 2 * STREAMS_OF_CONNECTION;
  private static final int RESETS_OF_CONNECTION = 1_000;
  private static final OptionMap HTTP =
      OptionMap.builder()
          .set(UndertowOptions.MAX_HEADER_SIZE, 64 * 1024)
          .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
          .set(UndertowOptions.NO_REQUEST_TIMEOUT, 60_000)
          .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
          .set(UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, STREAMS_OF_CONNECTION)
          // Ending sessions resets their streams: that is no attack.
          .set(UndertowOptions.MAX_RST_FRAMES_PER_WINDOW, RESETS_OF_CONNECTION)
          .getMap();
  private static final OptionMap SOCKET =
      OptionMap.builder()
          .set(Options.TCP_NODELAY, true)
          .set(Options.REUSE_ADDRESSES, true)
          .set(Options.BACKLOG, 1_000)
          .set(Options.SSL_ENABLED_PROTOCOLS, Sequence.of("TLSv1.3", "TLSv1.2"))
          .getMap();

  private final CertificateFiles files;
  private final XnioWorker worker;
  private final AcceptingChannel<?> channel;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sallyport-certificate").factory());

  private HttpsListener(
      CertificateFiles files, XnioWorker worker, AcceptingChannel<?> channel, StreamLimit streams) {
    this.files = files;
    this.worker = worker;
    this.channel = channel;
    timer.scheduleWithFixedDelay(files::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    timer.scheduleWithFixedDelay(streams::sweep, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    channel.resumeAccepts();
  }

  /// Throws when the port is no good.
  static HttpsListener open(CertificateFiles files, Settings all, HttpHandler handler) {
    TlsSettings settings = files.settings();
    var root =
        new StreamLimit(
            new CanonicalPathHandler(new HttpContinueReadHandler(handler)),
            UNANSWERED_OF_CONNECTION);
    try {
      XnioWorker worker = worker(all.ioThreads());
      try {
        var channel = channel(worker, settings, files.keys(), accepting(root, all));
        return new HttpsListener(files, worker, channel, root);
      } catch (IOException e) {
        worker.shutdownNow();
        throw e;
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "https can't listen at %s:%d (SALLYPORT_TLS_BIND, SALLYPORT_TLS_PORT): %s"
              .formatted(settings.bind(), settings.port(), e.getMessage()),
          e);
    }
  }

  private static XnioWorker worker(int threads) throws IOException {
    return Xnio.getInstance(Xnio.class.getClassLoader())
        .createWorker(
            OptionMap.builder()
                .set(Options.WORKER_NAME, "sallyport-https")
                .set(Options.WORKER_IO_THREADS, threads)
                .set(Options.WORKER_TASK_CORE_THREADS, 2)
                .set(Options.WORKER_TASK_MAX_THREADS, 16 * threads)
                .set(Options.THREAD_DAEMON, true)
                .getMap());
  }

  private static ChannelListener<StreamConnection> accepting(StreamLimit root, Settings all) {
    int head = Math.toIntExact(all.gateway().patience().head().toMillis());
    OptionMap options =
        OptionMap.builder().addAll(HTTP).set(UndertowOptions.REQUEST_PARSE_TIMEOUT, head).getMap();
    ByteBufferPool buffers = new DefaultByteBufferPool(true, 16 * 1024, -1, 4);
    HttpOpenListener http = new HttpOpenListener(buffers, options);
    http.setRootHandler(root);
    Http2OpenListener http2 = new Http2OpenListener(buffers, options);
    http2.setRootHandler(root);
    AlpnOpenListener alpn = new AlpnOpenListener(buffers, options, http);
    alpn.addProtocol(Http2OpenListener.HTTP2, http2, 10);
    return new HandshakeLimit(root.watching(alpn), HANDSHAKE);
  }

  private static AcceptingChannel<?> channel(
      XnioWorker worker,
      TlsSettings settings,
      ShownKeys keys,
      ChannelListener<StreamConnection> accepting)
      throws IOException {
    var ssl =
        new UndertowXnioSsl(
            worker.getXnio(), OptionMap.create(Options.USE_DIRECT_BUFFERS, true), context(keys));
    ChannelListener<AcceptingChannel<SslConnection>> listener =
        ChannelListeners.openListenerAdapter(accepting);
    InetSocketAddress address = new InetSocketAddress(settings.bind(), settings.port());
    return ssl.createSslConnectionServer(worker, address, listener, SOCKET);
  }

  private static SSLContext context(ShownKeys keys) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  CertificateFiles files() {
    return files;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    IoUtils.safeClose(channel);
    worker.shutdownNow();
  }
}
