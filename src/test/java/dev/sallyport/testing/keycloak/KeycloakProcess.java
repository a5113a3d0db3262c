package dev.sallyport.testing.keycloak;

import dev.sallyport.crypto.Secret;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Keycloak's own start script and the JVM that it starts.
final class KeycloakProcess implements AutoCloseable {
  // Half a minute on two quiet cores.
  private static final Duration START = Duration.ofMinutes(10);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final Pattern ADDRESS = Pattern.compile("Listening on: (http://\\S+)");

  private final Path log;
  private final Process script;
  private final Thread hook = new Thread(this::stop);

  private KeycloakProcess(Path log, Process script) {
    this.log = log;
    this.script = script;
    // Also when the tests are killed.
    Runtime.getRuntime().addShutdownHook(hook);
  }

  static KeycloakProcess start(Secret adminPassword) {
    Path home = home(Path.of(".data/keycloak"));
    Path log = Path.of("target/log/keycloak-server.log");
    // Port 0: it takes a free one and says which.
    ProcessBuilder builder =
        new ProcessBuilder(
            home.resolve("bin/kc.sh").toAbsolutePath().toString(),
            "start",
            "--optimized",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--http-port=0",
            "--hostname-strict=false",
            "--cache=local");
    environment(builder.environment(), adminPassword);
    try {
      Files.createDirectories(log.getParent());
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      return new KeycloakProcess(log, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void environment(Map<String, String> environment, Secret adminPassword) {
    environment.keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx400m");
    // It lives for a minute or two: the second compiler would not pay off.
    environment.put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
    environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakAdmin.NAME);
    environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", adminPassword.reveal());
  }

  private static Path home(Path folder) {
    File[] found = folder.toFile().listFiles();
    return Stream.ofNullable(found)
        .flatMap(Arrays::stream)
        .map(File::toPath)
        .filter(home -> Files.exists(home.resolve("ready")))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Keycloak is not there: run .ci/keycloak fetch and .ci/keycloak build."));
  }

  /// Its base URL, when it is ready; throws when it ends or takes too long.
  String awaitAddress() {
    long end = System.nanoTime() + START.toNanos();
    try {
      Optional<String> address = address();
      while (address.isEmpty()) {
        boolean hasEnded = script.waitFor(250, TimeUnit.MILLISECONDS);
        if (hasEnded || System.nanoTime() - end > 0) {
          throw new IllegalStateException("Keycloak did not start; see " + log);
        }
        address = address();
      }
      return address.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Optional<String> address() {
    try {
      Matcher matcher = ADDRESS.matcher(Files.readString(log));
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  // The script passes the signal on to its JVM and waits; what is left after that is killed.
  private void stop() {
    List<ProcessHandle> all =
        Stream.concat(script.descendants(), Stream.of(script.toHandle())).toList();
    script.destroy();
    try {
      script.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
