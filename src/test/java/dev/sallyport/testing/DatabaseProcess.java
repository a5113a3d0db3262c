package dev.sallyport.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The running server's PostgreSQL as processes: to stop and start it, to freeze it, and to kill
/// one of those that serve a connection.
public final class DatabaseProcess {
  private final RunningServer server;
  // As it was when the test began; one that was started again has another.
  private final List<String> command;

  private DatabaseProcess(RunningServer server) {
    this.server = server;
    this.command = command(first());
  }

  public static DatabaseProcess of(RunningServer server) {
    return new DatabaseProcess(server);
  }

  /// Ends it as an operator would, and waits until it is gone.
  public void stop() {
    ProcessHandle first = first();
    kill("-INT", Stream.of(first));
    Await.until("the database is away", () -> !first.isAlive());
  }

  /// Starts it again, and does not wait.
  public void start() {
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Nothing answers any more, and no connection breaks.
  public void freeze() {
    kill("-STOP", all());
  }

  /// Who is connected is served; who is not waits.
  public void admitNobody() {
    kill("-STOP", Stream.of(first()));
  }

  public void goOn() {
    kill("-CONT", all());
  }

  /// Kills a process that serves a connection: PostgreSQL then ends all others, too, and recovers.
  public void crash() {
    kill("-KILL", all().filter(DatabaseProcess::isServing).limit(1));
  }

  private static boolean isServing(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("postgres: sallyport");
  }

  private ProcessHandle first() {
    try {
      Path pid = server.dataFolder().resolve("pg/postmaster.pid");
      return ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<ProcessHandle> all() {
    ProcessHandle first = first();
    return Stream.concat(Stream.of(first), first.children());
  }

  // PostgreSQL does not run as root; in a name space of its own it is nobody.
  private static List<String> command(ProcessHandle process) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    try {
      String line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
      command.addAll(List.of(line.split("\0")));
      return command;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void kill(String signal, Stream<ProcessHandle> processes) {
    for (ProcessHandle process : processes.toList()) {
      try {
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
