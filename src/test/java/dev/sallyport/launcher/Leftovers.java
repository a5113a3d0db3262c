package dev.sallyport.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Processes that a killed launcher left running on this data folder. A process id alone proves
/// nothing, it may have been given to another program: its command must fit as well.
final class Leftovers {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Leftovers() {}

  /// Stops the server whose id the file holds, if its command names `home`.
  static void stopServer(Path pidFile, Path home) {
    live(pidFile, home.toString()).ifPresent(server -> stop(server, "-TERM"));
  }

  /// Stops the PostgreSQL that owns the folder. SIGINT is its fast shutdown; SIGTERM would wait
  /// for its clients.
  static void stopDatabase(Path folder) {
    live(folder.resolve("postmaster.pid"), "postgres").ifPresent(owner -> stop(owner, "-INT"));
  }

  private static Optional<ProcessHandle> live(Path pidFile, String commandPart) {
    return pid(pidFile)
        .flatMap(ProcessHandle::of)
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().commandLine().orElse("").contains(commandPart));
  }

  private static Optional<Long> pid(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var lines = Files.lines(file)) {
      return lines.findFirst().map(String::strip).map(Long::parseLong);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static void stop(ProcessHandle process, String signal) {
    Progress.say("Stopping process " + process.pid() + ", left by an earlier run ...");
    try {
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (IOException | ExecutionException | TimeoutException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
