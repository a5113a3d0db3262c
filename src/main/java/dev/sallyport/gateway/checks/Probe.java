package dev.sallyport.gateway.checks;

import dev.sallyport.apps.HealthCheck;
import dev.sallyport.gateway.relay.AddressRefusedException;
import dev.sallyport.gateway.relay.UpstreamPool;
import dev.sallyport.gateway.relay.UpstreamTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// One check of one upstream. Blocks.
final class Probe {
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int MAX_LINE = 256;
  private static final String PING =
      "{\"jsonrpc\":\"2.0\",\"id\":\"sallyport-health\",\"method\":\"ping\"}";

  private final Duration connectTimeout;

  Probe(Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  /// What is wrong with the upstream; null when nothing is.
  @Nullable String fault(UpstreamPool upstream, HealthCheck way) {
    try (Socket socket = connect(upstream)) {
      return way == HealthCheck.MCP ? ping(socket, upstream.target()) : null;
    } catch (AddressRefusedException e) {
      return "address refused";
    } catch (UnknownHostException e) {
      return "name not resolved";
    } catch (SocketTimeoutException e) {
      return "timeout";
    } catch (ConnectException e) {
      return "connect failed";
    } catch (SSLException e) {
      return "tls failed";
    } catch (IOException e) {
      return "broken before answer";
    }
  }

  private Socket connect(UpstreamPool upstream) throws IOException {
    UpstreamTarget target = upstream.target();
    int limit = Math.toIntExact(connectTimeout.toMillis());
    InetAddress address = address(upstream, limit);
    Socket socket = new Socket();
    try {
      socket.setSoTimeout(limit);
      socket.connect(new InetSocketAddress(address, target.port()), limit);
      return target.isTls() ? greeted(socket, target, upstream.tls()) : socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  // A look-up has no limit of its own.
  private static InetAddress address(UpstreamPool upstream, int limitMillis) throws IOException {
    try {
      return upstream.look().get(limitMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new UnknownHostException("no answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case UncheckedIOException unknown -> throw unknown.getCause();
        case AddressRefusedException refused -> throw refused;
        case null, default -> throw new IOException(e);
      }
    }
  }

  private static Socket greeted(Socket plain, UpstreamTarget target, SSLContext tls)
      throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, target.host(), target.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  // A server that wants a session or a credential first says so: it lives.
  private static @Nullable String ping(Socket socket, UpstreamTarget target) throws IOException {
    socket.setSoTimeout(Math.toIntExact(ANSWER.toMillis()));
    String request =
        "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"
                .formatted(target.requestTarget(), target.hostHeader())
            + "Accept: application/json, text/event-stream\r\nContent-Length: "
            + PING.length()
            + "\r\nConnection: close\r\n\r\n"
            + PING;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    int status = status(line(socket.getInputStream()));
    if (status == 0) {
      return "no HTTP answer";
    }
    return status >= 500 ? "answered " + status : null;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != -1 && next != '\n'; next = in.read()) {
      line.append((char) next);
      if (line.length() > MAX_LINE) {
        return "";
      }
    }
    return line.toString();
  }

  static int status(String line) {
    boolean isHttp = line.startsWith("HTTP/1.") && line.length() >= 12 && line.charAt(8) == ' ';
    return isHttp && line.substring(9, 12).chars().allMatch(c -> c >= '0' && c <= '9')
        ? Integer.parseInt(line.substring(9, 12))
        : 0;
  }
}
