package dev.sallyport.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The running WildFly.
final class Server implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(5);
  // A little more than the gateway takes to let running calls finish.
  private static final Duration STOP = Duration.ofSeconds(40);

  private final ServerHome home;
  private final Process process;
  private final URI ready;

  private Server(ServerHome home, Process process, URI ready) {
    this.home = home;
    this.process = process;
    this.ready = ready;
  }

  static Server start(ServerHome home, Ports.Node ports, Map<String, String> settings) {
    ProcessBuilder builder = new ProcessBuilder();
    Map<String, String> environment = builder.environment();
    Map<String, String> wanted = ServerCommand.environment(Map.copyOf(environment), settings);
    builder.command(ServerCommand.command(home, ports, wanted));
    environment.clear();
    environment.putAll(wanted);
    builder.redirectErrorStream(true);
    builder.redirectOutput(home.log().resolveSibling("console.log").toFile());
    try {
      URI ready = URI.create("http://127.0.0.1:" + ports.management() + "/health/ready");
      return new Server(home, builder.start(), ready);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /// Returns when the server is ready; throws when it ends, fails to deploy, or takes too long.
  void awaitReady() throws InterruptedException {
    long begin = System.nanoTime();
    long end = begin + START.toNanos();
    long said = 0;
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (!isReady(client)) {
        boolean hasEnded = process.waitFor(500, TimeUnit.MILLISECONDS);
        said = sayNowAndThen(begin, said);
        if (hasEnded || home.hasFailed() || System.nanoTime() > end) {
          throw new LaunchFailedException(
              "The server did not start: " + reason() + " See " + home.log());
        }
      }
    }
  }

  private long sayNowAndThen(long begin, long said) {
    long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    if (seconds < said + 10) {
      return said;
    }
    Progress.say("  %d s: not ready yet; its log is %s".formatted(seconds, home.log()));
    return seconds - seconds % 10;
  }

  /// Blocks until the server has ended.
  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private boolean isReady(HttpClient client) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /// The innermost cause in the log says most.
  private String reason() {
    if (!Files.exists(home.log())) {
      return "";
    }
    try (Stream<String> lines = Files.lines(home.log())) {
      List<String> causes = lines.filter(line -> line.startsWith("Caused by: ")).toList();
      return causes.isEmpty() ? "" : causes.getLast().substring(11) + ".";
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }
}
