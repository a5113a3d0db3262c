package dev.sallyport.connections.flow;

import static dev.sallyport.connections.flow.ConnectionWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.GuardedMcp;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestPki;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// An app of connected accounts that is called with authorities of its own.
@ExtendWith(RunningServer.Extension.class)
class ConnectTlsIT {
  @TempDir static Path folder;

  @Test
  void sessionWhenTheAppHasItsOwnTlsThenHandedOverWithIt(RunningServer server) {
    TestPki theirs = TestPki.make(folder, "server", "EC");
    try (ConnectionWorld world =
        new ConnectionWorld(
            server, auth -> GuardedMcp.startTls(auth, theirs.serverTrusting(theirs)))) {
      String path = "apps/" + world.appId + "/tls/upstream";
      Map<String, Object> tls = Map.of("authorities", theirs.certificate());
      Rest.Answer set = world.rest.put(path, world.rest.get(path).etag(), tls);
      assertThat(set.status()).as(set.text()).isEqualTo(200);
      McpAgent agent = new McpAgent(world);
      String session = agent.begin("2025-11-25", McpAgent.URLS);
      JsonNode refused = agent.call("2025-11-25", session);
      world.finish(refused.at("/error/data/elicitations/0/url").asString());

      assertThat(text(agent.call("2025-11-25", session))).isEqualTo("did read");
      assertThat(world.remote.seen().getFirst().method()).isEqualTo("initialize");
    }
  }
}
