package dev.sallyport.connections.tls;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// A server that lets in only who shows a certificate. It answers `/token` with a token, and
/// everything else with the caller's name and `Authorization`.
final class MutualTlsServer implements AutoCloseable {
  private final HttpsServer server;
  private final List<String> seen = new CopyOnWriteArrayList<>();

  private MutualTlsServer(SSLContext tls) throws IOException {
    server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.setHttpsConfigurator(new Demanding(tls));
    server.createContext("/", this::answer);
    server.start();
  }

  static MutualTlsServer start(SSLContext tls) {
    try {
      return new MutualTlsServer(tls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Demanding extends HttpsConfigurator {
    Demanding(SSLContext tls) {
      super(tls);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters tls = getSSLContext().getDefaultSSLParameters();
      tls.setNeedClientAuth(true);
      parameters.setSSLParameters(tls);
    }
  }

  String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The paths that were asked for.
  List<String> seen() {
    return List.copyOf(seen);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      seen.add(path);
      exchange.getRequestBody().readAllBytes();
      String who = ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName();
      String proof = exchange.getRequestHeaders().getFirst("Authorization");
      byte[] body =
          (path.equals("/token")
                  ? "{\"access_token\":\"from-tls\",\"token_type\":\"Bearer\",\"expires_in\":300}"
                  : who + " " + proof)
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
