package dev.sallyport.gateway.relay;

import io.undertow.UndertowOptions;
import io.undertow.client.UndertowClient;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import javax.net.ssl.SSLContext;
import org.xnio.IoFuture;
import org.xnio.OptionMap;
import org.xnio.Options;

/// Opens connections to one upstream at a given address. TLS keeps the configured name for SNI and
/// for the check of the certificate, so that pinning the address weakens nothing.
final class Connector {
  private final UpstreamTarget target;
  private final SSLContext tls;
  private final OptionMap options;

  Connector(UpstreamTarget target, SSLContext tls) {
    this.target = target;
    this.tls = tls;
    this.options = target.isTls() ? tlsOptions(target) : plainOptions().getMap();
  }

  void connect(InetAddress address, ByteBufferPool buffers, ConnectAttempt attempt) {
    attempt.to(address);
    if (target.isTls()) {
      connectTls(new InetSocketAddress(address, target.port()), buffers, attempt);
    } else {
      PlainStreams plain = new PlainStreams(attempt, tls);
      UndertowClient.getInstance()
          .connect(attempt, pinned(address), attempt.thread(), plain, buffers, options);
    }
  }

  private void connectTls(
      InetSocketAddress address, ByteBufferPool buffers, ConnectAttempt attempt) {
    UndertowXnioSsl ssl =
        new UndertowXnioSsl(attempt.thread().getWorker().getXnio(), OptionMap.EMPTY, tls);
    ssl.openSslConnection(
            attempt.thread(),
            address,
            connection -> new TlsHandshake(connection, buffers, options, attempt).start(),
            options)
        .addNotifier(
            (future, unused) -> {
              if (future.getStatus() == IoFuture.Status.FAILED) {
                attempt.failed(future.getException());
              }
            },
            null);
  }

  /// An IP literal, so that nothing is resolved on the I/O thread.
  private URI pinned(InetAddress address) {
    try {
      // As if by TLS: see PlainStreams.
      return new URI("https", null, address.getHostAddress(), target.port(), null, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("not an IP literal: " + address.getHostAddress(), e);
    }
  }

  private static OptionMap.Builder plainOptions() {
    return OptionMap.builder().set(Options.TCP_NODELAY, true).set(Options.KEEP_ALIVE, true);
  }

  private static OptionMap tlsOptions(UpstreamTarget target) {
    OptionMap.Builder options =
        plainOptions()
            .set(Options.SSL_STARTTLS, true)
            .set(UndertowOptions.ENDPOINT_IDENTIFICATION_ALGORITHM, "HTTPS")
            .set(Options.SSL_PEER_HOST_NAME, target.host())
            .set(Options.SSL_PEER_PORT, target.port());
    // RFC 6066 section 3: literal addresses are not permitted as a server name
    if (!isLiteral(target.host())) {
      options.set(UndertowOptions.SSL_SNI_HOSTNAME, target.host());
    }
    return options.getMap();
  }

  private static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }
}
