package dev.sallyport.connections.flow;

import static dev.sallyport.connections.flow.ConnectionWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.FakeAuthServer;
import dev.sallyport.testing.GuardedMcp;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestPki;
import dev.sallyport.testing.loopback.JsonReply;
import dev.sallyport.testing.loopback.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole way as a client that describes itself, at an authorization server over https whose
/// certificate only a setting vouches for. The server is this test's own, for that setting.
class ConnectDocumentOwnServerIT {
  @TempDir Path folder;

  @Test
  void wholeWayThenTheServerReadsTheDocumentAndTheCallWorks() throws Exception {
    TestPki theirs = TestPki.make(folder, "server", "EC");
    Path authorities = Files.writeString(folder.resolve("ca.pem"), theirs.certificate());
    SSLContext tls = theirs.serverTrusting(theirs);
    try (LoopbackServer site = LoopbackServer.openTls(tls);
        RunningServer server =
            RunningServer.start(
                Map.of(
                    "SALLYPORT_OUTBOUND_CA_FILE",
                    authorities.toString(),
                    "SALLYPORT_CONNECTION_CLIENT_ID",
                    site.baseUrl() + "/client.json"));
        ConnectionWorld world =
            new ConnectionWorld(server, FakeAuthServer.startTls(tls), GuardedMcp::start)) {
      String clientId = site.baseUrl() + "/client.json";
      Map<String, Object> document =
          Map.of(
              "client_id",
              clientId,
              "redirect_uris",
              List.of(server.base() + "/oauth/connect/callback"));
      site.serve(exchange -> JsonReply.ok(document).send(exchange));
      world.auth.says("client_id_metadata_document_supported", true);
      world.signIn();

      Map<String, String> asked = world.agree(world.browser, world.link());

      assertThat(asked).containsEntry("client_id", clientId);
      JsonNode read = read(asked.get("client_id"), tls);
      assertThat(read.at("/client_id").asString()).isEqualTo(clientId);
      assertThat(read.at("/redirect_uris/0").asString()).isEqualTo(asked.get("redirect_uri"));
      assertThat(world.callback(world.browser, world.auth.answer(asked)).statusCode())
          .isEqualTo(200);
      assertThat(text(world.callTool("read"))).isEqualTo("did read");
      assertThat(world.auth.clients()).isEmpty();
    }
  }

  /// As the authorization server does.
  private static JsonNode read(String url, SSLContext tls)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      return JsonMapper.shared().readTree(client.send(request, BodyHandlers.ofString()).body());
    }
  }
}
