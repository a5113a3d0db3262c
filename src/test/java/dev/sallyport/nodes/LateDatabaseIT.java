package dev.sallyport.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.launcher.Node;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.DatabaseProcess;
import dev.sallyport.testing.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    DatabaseProcess database = DatabaseProcess.of(server);
    node.destroyForcibly();
    node.onExit().get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    database.stop();

    CompletableFuture<Void> starting = CompletableFuture.runAsync(() -> server.restart(2));
    try {
      Path log = server.dataFolder().resolve("standalone-2/log/server.log");
      Await.until("the node waits", () -> hasLine(log, "Waiting for the database"));
      assertThat(starting).isNotDone();
    } finally {
      database.start();
    }
    starting.join();
    String list = server.base() + "/api/v1/apps";
    for (Node each : server.nodes()) {
      NodeClient client = new NodeClient(server, each);
      Await.until("it serves", () -> client.status(list, server.adminKey().reveal()) == 200);
    }
  }

  private static boolean hasLine(Path file, String words) {
    try {
      return Files.exists(file) && Files.readString(file).contains(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
