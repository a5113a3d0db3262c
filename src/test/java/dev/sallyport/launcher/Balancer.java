package dev.sallyport.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// HAProxy before several nodes, set up as the documents advise: streams may be idle for an hour,
/// nothing is buffered, a node that is not ready gets no calls, and only the console is sticky.
final class Balancer implements AutoCloseable {
  private static final List<String> PLACES = List.of("/usr/sbin", "/usr/local/sbin", "/sbin");

  private static final Duration START = Duration.ofSeconds(20);
  private static final long STEP_NANOS = 50_000_000;

  private final Process process;

  private Balancer(Process process) {
    this.process = process;
  }

  static Balancer start(DataFolder data, Ports ports) {
    data.write("haproxy.cfg", configuration(ports));
    ProcessBuilder builder =
        new ProcessBuilder(program(), "-db", "-f", data.path("haproxy.cfg").toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(data.path("haproxy.log").toFile());
    try {
      Balancer balancer = new Balancer(builder.start());
      balancer.awaitListening(data, ports.http());
      return balancer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitListening(DataFolder data, int port) {
    long end = System.nanoTime() + START.toNanos();
    while (!isListening(port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        close();
        throw new LaunchFailedException(
            "HAProxy did not start; see " + data.path("haproxy.log") + ".");
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static String program() {
    String path = String.valueOf(System.getenv("PATH"));
    return Stream.concat(Stream.of(path.split(":")), PLACES.stream())
        .map(folder -> Path.of(folder, "haproxy"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new LaunchFailedException(
                    "Several nodes need HAProxy before them: install the package haproxy."))
        .toString();
  }

  private static String configuration(Ports ports) {
    String servers =
        IntStream.range(0, ports.nodes().size())
            .mapToObj(
                i ->
                    "  server node%d 127.0.0.1:%d cookie node%d check port %d\n"
                        .formatted(
                            i + 1,
                            ports.nodes().get(i).http(),
                            i + 1,
                            ports.nodes().get(i).management()))
            .reduce("", String::concat);
    return """
    defaults
      mode http
      timeout connect 3s
      timeout client 1h
      timeout server 1h
      timeout http-request 10s
      option forwardfor
      option http-no-delay
      option redispatch
      retries 2
      # Never after a node may have seen the request
      retry-on conn-failure
      option httpchk GET /health/ready
      # A node that stops is marked down and finishes its calls; a host that has gone is noticed here
      option srvtcpka
      srvtcpka-idle 30s
      srvtcpka-intvl 10s
      srvtcpka-cnt 3
      default-server inter 1s fall 2 rise 1
    frontend public
      bind 127.0.0.1:%d
      acl call path_beg /mcp/ /apps/ /api/ /.well-known/
      acl console req.hdr(host),host_only -m str 127.0.0.1 localhost
      use_backend console if console !call
      default_backend calls
    backend calls
      balance roundrobin
    %sbackend console
      balance roundrobin
      cookie sallyport_node insert indirect nocache httponly
    %s"""
        .formatted(ports.http(), servers.replaceAll(" cookie node\\d+", ""), servers);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
