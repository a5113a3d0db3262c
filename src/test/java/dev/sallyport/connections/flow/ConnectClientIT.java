package dev.sallyport.connections.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RemoteMcp;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// As which client people are sent to an app's authorization server.
@ExtendWith(RunningServer.Extension.class)
class ConnectClientIT {

  @Test
  void callsWhenManyComeAtOnceThenOneRegistration(RunningServer server) throws Exception {
    try (RemoteMcp mcp = RemoteMcp.start();
        GatewayClient agents = new GatewayClient();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Entrance entrance = Entrance.to(server, "mcp+" + mcp.url());
      connects(entrance, Map.of("kind", "connection"));
      String url = entrance.url();
      List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        String token = entrance.token().signed();
        String call = ConnectionWorld.toolCall("read");
        calls.add(CompletableFuture.supplyAsync(() -> agents.post(url, token, call), threads));
      }
      for (CompletableFuture<HttpResponse<String>> call : calls) {
        assertThat(call.get(60, TimeUnit.SECONDS).body()).contains("/oauth/connect/start?link=");
      }
      assertThat(mcp.registrations()).isEqualTo(1);
      assertThat(Rest.admin(server).get("connections/clients").text()).contains(mcp.issuer());
    }
  }

  private static void connects(Entrance entrance, Map<String, Object> credential) {
    String path = entrance.appPath() + "/upstream-credential";
    Rest.Answer put = entrance.rest().put(path, entrance.rest().get(path).etag(), credential);
    assertThat(put.status()).as(put.text()).isEqualTo(200);
  }

  @Test
  void callWhenNoClientCanBeHadThenTheRedirectUriIsNamed(RunningServer server) {
    try (RemoteMcp mcp = RemoteMcp.start();
        GatewayClient agents = new GatewayClient()) {
      mcp.metadata("registration_endpoint", "");
      Entrance entrance = Entrance.to(server, "mcp+" + mcp.url());
      connects(entrance, Map.of("kind", "connection"));
      HttpResponse<String> answer =
          agents.post(entrance.url(), entrance.token().signed(), ConnectionWorld.toolCall("read"));
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body())
          .contains("connection-client-missing", server.base() + "/oauth/connect/callback");
    }
  }

  @Test
  void startWhenAnAdminAddedAClientThenThatOneIsSent(RunningServer server) {
    try (ConnectionWorld world = new ConnectionWorld(server)) {
      world.created(
          "connections/clients",
          Map.of("issuer", world.auth.issuer(), "clientId", "by-hand", "clientSecret", "s3cret"));
      world.signIn();
      assertThat(world.agree(world.browser, world.link()).get("client_id")).isEqualTo("by-hand");
      assertThat(world.auth.clients()).isEmpty();
    }
  }

  @Test
  void startWhenTheServerHasForgottenTheClientThenAnotherIsRegistered(RunningServer server) {
    try (ConnectionWorld world = new ConnectionWorld(server)) {
      world.signIn();
      String first = world.agree(world.browser, world.link()).get("client_id");
      assertThat(world.auth.clients()).containsExactly(first);
      assertThat(world.agree(world.browser, world.link()).get("client_id")).isEqualTo(first);

      world.auth.forgetClients();

      String second = world.agree(world.browser, world.link()).get("client_id");
      assertThat(second).isNotEqualTo(first);
      assertThat(world.auth.clients()).containsExactly(second);
    }
  }

  @Test
  void callbackWhenTheServerSaysInvalidClientThenTheNextStartRegistersAgain(RunningServer server) {
    try (ConnectionWorld world = new ConnectionWorld(server)) {
      world.signIn();
      Map<String, String> asked = world.agree(world.browser, world.link());
      world.auth.nextTokenAnswer(401, Map.of("error", "invalid_client"));
      assertThat(world.callback(world.browser, world.auth.answer(asked)).statusCode())
          .isEqualTo(400);
      assertThat(world.agree(world.browser, world.link()).get("client_id"))
          .isNotEqualTo(asked.get("client_id"));
    }
  }

  @Test
  void callWhenItsClientIsDeletedThenThePersonIsAskedAgain(RunningServer server) {
    try (ConnectionWorld world = new ConnectionWorld(server)) {
      world.connect();
      assertThat(ConnectionWorld.text(world.callTool("read"))).isEqualTo("did read");
      String id =
          world
              .rest
              .get("connections/clients")
              .json()
              .get("items")
              .valueStream()
              .filter(c -> c.get("issuer").asString().equals(world.auth.issuer()))
              .map(c -> c.get("id").asString())
              .findFirst()
              .orElseThrow();
      Rest.Answer client = world.rest.get("connections/clients/" + id);
      assertThat(world.rest.delete("connections/clients/" + id, client.etag()).status())
          .isEqualTo(204);
      assertThat(world.link()).contains("/oauth/connect/start?link=");
    }
  }
}
