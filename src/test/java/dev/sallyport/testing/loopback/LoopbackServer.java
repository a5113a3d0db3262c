package dev.sallyport.testing.loopback;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// An embedded Undertow on 127.0.0.1. It opens before it serves, so that what is served may know
/// the port; until then it answers 404.
public final class LoopbackServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final Undertow undertow;
  private final int port;
  private final String scheme;
  private volatile HttpHandler handler = ResponseCodeHandler.HANDLE_404;

  private LoopbackServer(int wantedPort, @Nullable SSLContext tls) {
    this.scheme = tls == null ? "http" : "https";
    Undertow.Builder builder =
        Undertow.builder().setHandler(exchange -> handler.handleRequest(exchange));
    undertow =
        (tls == null
                ? builder.addHttpListener(wantedPort, HOST)
                : builder.addHttpsListener(wantedPort, HOST, tls))
            .build();
    try {
      undertow.start();
    } catch (RuntimeException e) {
      throw new IllegalStateException("Can't listen on " + HOST + ":" + wantedPort, e);
    }
    port = boundPort();
  }

  /// Opens the port; 0 takes a free one.
  public static LoopbackServer open(int port) {
    return new LoopbackServer(port, null);
  }

  /// The same over TLS on a free port; callers may show a certificate.
  public static LoopbackServer openTls(SSLContext tls) {
    return new LoopbackServer(0, tls);
  }

  public void serve(HttpHandler root) {
    handler = root;
  }

  public int port() {
    return port;
  }

  public String baseUrl() {
    return scheme + "://" + HOST + ":" + port;
  }

  @Override
  public void close() {
    undertow.stop();
  }

  private int boundPort() {
    return ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
  }
}
