package dev.sallyport.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.launcher.Node;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A node that is up before its database.
@ExtendWith(TwoNodes.class)
class LateDatabaseIT {
  @Test
  void nodeWhenItStartsBeforeTheDatabaseThenItWaitsAndIsReady(RunningServer server)
      throws Exception {
    ProcessHandle node = ProcessHandle.of(server.nodes().getLast().pid()).orElseThrow();
    ProcessHandle database = database(server);
    List<String> command = command(database);
    kill("-KILL", node);
    kill("-INT", database);

    CompletableFuture<Void> starting = CompletableFuture.runAsync(() -> server.restart(2));
    try {
      Path log = server.dataFolder().resolve("standalone-2/log/server.log");
      Await.until("the node waits", () -> hasLine(log, "Waiting for the database"));
      assertThat(starting).isNotDone();
    } finally {
      start(command);
    }
    starting.join();
    String list = server.base() + "/api/v1/apps";
    for (Node each : server.nodes()) {
      NodeClient client = new NodeClient(server, each);
      Await.until("it serves", () -> client.status(list, server.adminKey().reveal()) == 200);
    }
  }

  private static ProcessHandle database(RunningServer server) throws IOException {
    Path pidFile = server.dataFolder().resolve("pg/postmaster.pid");
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst().strip()))
        .orElseThrow();
  }

  // PostgreSQL does not run as root; in a name space of its own it is nobody.
  private static List<String> command(ProcessHandle process) throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    String line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    command.addAll(List.of(line.split("\0")));
    return command;
  }

  private static void start(List<String> command) throws IOException {
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void kill(String signal, ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    process.onExit().get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static boolean hasLine(Path file, String words) {
    try {
      return Files.exists(file) && Files.readString(file).contains(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
