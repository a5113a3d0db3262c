package dev.sallyport.testing.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class DemoMcpServerTest {
  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",
       "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
      """;

  private final DemoMcpServer server = DemoMcpServer.start(0);
  private final List<DemoClient> clients = new ArrayList<>();

  @AfterEach
  void stop() {
    clients.forEach(DemoClient::close);
    server.close();
  }

  @Test
  void listToolsWhenAskedThenNamesAllFour() {
    assertThat(client(Map.of()).tools())
        .extracting(Tool::name)
        .containsExactlyInAnyOrder("echo", "add", "whoami", "countdown");
  }

  @Test
  void echoWhenCalledThenSaysTheMessage() {
    assertThat(text(client(Map.of()).call("echo", Map.of("message", "hällo")))).isEqualTo("hällo");
  }

  @Test
  void addWhenCalledThenAddsExactly() {
    assertThat(text(client(Map.of()).call("add", Map.of("a", 0.1, "b", 2)))).isEqualTo("2.1");
  }

  @Test
  void addWhenAnArgumentIsMissingThenIsAnError() {
    assertThat(client(Map.of()).call("add", Map.of("a", 1)).isError()).isTrue();
  }

  @Test
  void whoamiWhenAssertionCameThenTellsWhoseItWas() throws Exception {
    String assertion =
        new PlainJWT(
                new JWTClaimsSet.Builder()
                    .subject("s-1")
                    .claim("username", "alice")
                    .claim("groups", List.of("eng"))
                    .build())
            .serialize();

    CallToolResult who =
        client(Map.of("Sallyport-Jwt-Assertion", assertion)).call("whoami", Map.of());

    assertThat(text(who))
        .isEqualTo(
            """
            {"assertion":"present","username":"alice","sub":"s-1","groups":["eng"],\
            "authorizationSeen":false}\
            """);
  }

  @Test
  void whoamiWhenNoAssertionCameThenSaysSo() {
    Map<String, String> headers = Map.of("Authorization", "Bearer of-the-client");

    assertThat(text(client(headers).call("whoami", Map.of())))
        .isEqualTo("{\"assertion\":\"none\",\"authorizationSeen\":true}");
  }

  @Test
  void whoamiWhenAssertionIsNoTokenThenIsUnreadable() {
    Map<String, String> headers = Map.of("Sallyport-Jwt-Assertion", "garbage");

    assertThat(text(client(headers).call("whoami", Map.of())))
        .isEqualTo("{\"assertion\":\"unreadable\",\"authorizationSeen\":false}");
  }

  @Test
  void countdownWhenProgressIsAskedThenReportsEachStep() throws Exception {
    DemoClient client = client(Map.of());

    assertThat(text(client.countdown("t-1", 3, 20))).isEqualTo("liftoff after 3");
    List<Double> steps = new ArrayList<>();
    while (steps.size() < 3) {
      ProgressNotification notification = client.progress().poll(60, TimeUnit.SECONDS);
      assertThat(notification.progressToken()).isEqualTo("t-1");
      assertThat(notification.total()).isEqualTo(3);
      steps.add(notification.progress());
    }

    // The SDK's client hands each notification to a thread of its own.
    assertThat(steps).containsExactlyInAnyOrder(1d, 2d, 3d);
  }

  @Test
  void countdownWhenManyRunThenAllProceedAndCloseEndsThem() throws Exception {
    DemoClient client = client(Map.of());
    try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 100; n++) {
        String token = "t-" + n;
        calls.submit(() -> client.countdown(token, 100_000, 200));
      }

      // A pool of threads would let only as many report as it has threads.
      Set<Object> proceeding = new HashSet<>();
      while (proceeding.size() < 100) {
        proceeding.add(client.progress().take().progressToken());
      }

      server.close();
      calls.shutdownNow();
    }
  }

  @Test
  void listeningStreamWhenToolsChangeThenClientHearsIt() throws Exception {
    DemoClient client = client(Map.of());
    // The client opens its stream in the background: announced until heard.
    List<Tool> heard = null;
    for (int tries = 0; heard == null && tries < 300; tries++) {
      server.announceTools();
      heard = client.toolChanges().poll(100, TimeUnit.MILLISECONDS);
    }
    assertThat(heard).hasSize(4);
  }

  @Test
  void listeningStreamWhenNothingHappensThenHeadersComeAtOnce() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    try {
      HttpResponse<String> initialized = http.send(post(INITIALIZE), BodyHandlers.ofString());
      String session = initialized.headers().firstValue("mcp-session-id").orElseThrow();
      HttpRequest listen =
          HttpRequest.newBuilder(URI.create(server.url()))
              .header("Accept", "text/event-stream")
              .header("Mcp-Session-Id", session)
              .build();

      var stream = http.sendAsync(listen, BodyHandlers.ofInputStream()).get(30, TimeUnit.SECONDS);

      assertThat(stream.statusCode()).isEqualTo(200);
      assertThat(stream.headers().firstValue("content-type").orElseThrow())
          .startsWith("text/event-stream");
    } finally {
      http.shutdownNow();
    }
  }

  @Test
  void callWhenItTakesNoAnswerThenToldWithoutAStack() throws Exception {
    HttpRequest call =
        HttpRequest.newBuilder(URI.create(server.url()))
            .POST(BodyPublishers.ofString(INITIALIZE))
            .header("Content-Type", "application/json")
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> refused = http.send(call, BodyHandlers.ofString());

      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("required in Accept header").doesNotContain("stackTrace");
    }
  }

  private HttpRequest post(String body) {
    return HttpRequest.newBuilder(URI.create(server.url()))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private DemoClient client(Map<String, String> headers) {
    DemoClient client = DemoClient.connect(server.url(), headers);
    clients.add(client);
    return client;
  }

  private static String text(CallToolResult result) {
    assertThat(result.isError()).isNotEqualTo(true);
    return DemoClient.text(result);
  }
}
