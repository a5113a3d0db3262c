package dev.sallyport.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// A client of the server's https, in one version of HTTP. It asks for the server by its public
/// name and trusts any certificate: which one is shown is for tests to ask.
public final class HttpsClient implements AutoCloseable {
  private final String base;
  private final TlsTunnel tunnel;
  private final HttpClient client;

  private HttpsClient(RunningServer server, HttpClient.Version version) {
    base = "https://" + RawCall.host(server);
    tunnel = TlsTunnel.to(port(server));
    client =
        HttpClient.newBuilder()
            .version(version)
            .sslContext(credulous())
            .proxy(tunnel.selector())
            .build();
  }

  public static HttpsClient of(RunningServer server, HttpClient.Version version) {
    return new HttpsClient(server, version);
  }

  private static int port(RunningServer server) {
    Properties ports = new Properties();
    try (var reader = Files.newBufferedReader(server.dataFolder().resolve("ports.properties"))) {
      ports.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Integer.parseInt(ports.getProperty("https"));
  }

  /// The certificate that a new connection sees.
  public static X509Certificate certificate(RunningServer server) {
    try (SSLSocket socket = http1(server)) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A connection that speaks HTTP/1.1.
  public static SSLSocket http1(RunningServer server) throws IOException {
    return http1(port(server));
  }

  /// The same to any port of this host.
  static SSLSocket http1(int port) throws IOException {
    return (SSLSocket) credulous().getSocketFactory().createSocket("127.0.0.1", port);
  }

  /// A connection that speaks HTTP/2, for frames that no library would send.
  public static SSLSocket http2(RunningServer server) throws IOException {
    SSLSocket socket = http1(server);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static SSLContext credulous() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Credulous()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// `headers` are names and values in turn.
  public HttpResponse<String> get(String path, String... headers) {
    return send(base + path, BodyHandlers.ofString(), headers);
  }

  /// A call to the app with a new token; `rest` follows the app's address.
  public HttpResponse<String> call(Entrance entrance, String rest) {
    return send(secure(entrance) + rest, BodyHandlers.ofString(), bearer(entrance));
  }

  /// A call whose answer is read as it comes.
  public HttpResponse<InputStream> stream(Entrance entrance, String rest) {
    return send(secure(entrance) + rest, BodyHandlers.ofInputStream(), bearer(entrance));
  }

  private static String secure(Entrance entrance) {
    return entrance.url().replaceFirst("^http:", "https:");
  }

  private static String[] bearer(Entrance entrance) {
    return new String[] {"Authorization", "Bearer " + entrance.token().signed()};
  }

  private <T> HttpResponse<T> send(String url, BodyHandler<T> reader, String... headers) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(60))
            .headers(headers)
            .build();
    try {
      return client.send(request, reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    tunnel.close();
  }

  private static final class Credulous implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
