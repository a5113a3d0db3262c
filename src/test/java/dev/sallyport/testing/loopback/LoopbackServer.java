package dev.sallyport.testing.loopback;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import java.net.InetSocketAddress;

/// An embedded Undertow on 127.0.0.1. It opens before it serves, so that what is served may know
/// the port; until then it answers 404.
public final class LoopbackServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final Undertow undertow;
  private final int port;
  private volatile HttpHandler handler = ResponseCodeHandler.HANDLE_404;

  private LoopbackServer(int wantedPort) {
    undertow =
        Undertow.builder()
            .addHttpListener(wantedPort, HOST)
            .setHandler(exchange -> handler.handleRequest(exchange))
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
    return new LoopbackServer(port);
  }

  public void serve(HttpHandler root) {
    handler = root;
  }

  public int port() {
    return port;
  }

  public String baseUrl() {
    return "http://" + HOST + ":" + port;
  }

  @Override
  public void close() {
    undertow.stop();
  }

  private int boundPort() {
    return ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
  }
}
