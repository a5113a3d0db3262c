package dev.sallyport.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the server's first node said on standard output: an object of JSON per line.
public final class ConsoleLog {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;

  private ConsoleLog(Path file) {
    this.file = file;
  }

  public static ConsoleLog of(RunningServer server) {
    return new ConsoleLog(server.dataFolder().resolve("standalone/log/console.log"));
  }

  /// Waits for a line of this logger that holds this text; the first one.
  public JsonNode line(String text, String logger) {
    Await.until(logger + " to say something of " + text, () -> find(text, logger).isPresent());
    return find(text, logger).orElseThrow();
  }

  /// What it has said so far that holds this text; the first one.
  public Optional<JsonNode> find(String text, String logger) {
    return find(text)
        .map(JSON::readTree)
        .filter(line -> line.get("loggerName").asString().equals(logger))
        .findFirst();
  }

  /// Whether it stands anywhere.
  public boolean has(String text) {
    return find(text).findAny().isPresent();
  }

  private Stream<String> find(String text) {
    try {
      // The last one may not be complete.
      return Files.readAllLines(file).stream()
          .filter(line -> line.contains(text) && line.endsWith("}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
