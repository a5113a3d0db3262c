package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.demo.DumperApp;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Many people behind one address, whose tokens a node has to look at all at once: as after its
/// restart, so after a change of trust.
@ExtendWith(RunningServer.Extension.class)
class BurstIT {
  private static final int PEOPLE = 150;

  @Test
  void callWhenAllOfOneAddressAreColdThenNobodyIsLimited(RunningServer server) {
    try (DumperApp upstream = DumperApp.start(0);
        GatewayClient office = new GatewayClient();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Entrance app = Entrance.to(server, "mcp+" + upstream.url() + "/mcp");
      String url = app.url();
      List<String> tokens =
          IntStream.range(0, PEOPLE)
              .mapToObj(i -> app.token().with("sub", "person-" + i).signed())
              .toList();

      for (int round = 0; round < 2; round++) {
        app.changeConfig(Map.of("priority", round));

        List<CompletableFuture<Integer>> calls =
            tokens.stream()
                .map(
                    token ->
                        CompletableFuture.supplyAsync(
                            () -> office.post(url, token, "{}").statusCode(), callers))
                .toList();
        assertThat(calls.stream().map(CompletableFuture::join)).containsOnly(200);
      }
    }
  }
}
