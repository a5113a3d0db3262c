package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.exchange.CallLog;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.ConsoleLog;
import dev.sallyport.testing.DeadPort;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What stands on standard output about calls: whose they were, at which app and why they failed,
/// and no secret.
@ExtendWith(RunningServer.Extension.class)
class CallLogIT {
  private final GatewayClient client = new GatewayClient();
  private ConsoleLog log;

  @BeforeEach
  void open(RunningServer server) {
    log = ConsoleLog.of(server);
  }

  @AfterEach
  void close() {
    client.close();
  }

  /// The line of this logger about the request that was answered so.
  private JsonNode line(HttpResponse<String> answer, String logger) {
    return log.line(request(answer), logger);
  }

  /// The line about such a call. Those of a flood elsewhere may leave no room for that of one.
  private JsonNode lineOf(Supplier<HttpResponse<String>> call) {
    var found = new AtomicReference<JsonNode>();
    Await.until(
        "a line about a call",
        () -> {
          String request = request(call.get());
          // Those that come are written before the call is answered, or soon after.
          LockSupport.parkNanos(200_000_000);
          log.find(request, CallLog.class.getName()).ifPresent(found::set);
          return found.get() != null;
        });
    return found.get();
  }

  private static String request(HttpResponse<String> answer) {
    return new JsonMapper().readTree(answer.body()).get("requestId").asString();
  }

  private static Map<String, String> fields(JsonNode line) {
    return line.get("mdc").properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue().asString()));
  }

  @Test
  void callWhenTheUpstreamIsDeadThenALineSaysWhoseCallAndWhichApp(RunningServer server) {
    try (DeadPort dead = DeadPort.open()) {
      Entrance app = Entrance.to(server, "mcp+" + dead.url() + "mcp");
      String token = app.token().signed();

      JsonNode line = lineOf(() -> client.post(app.url(), token, "{}"));
      assertThat(line.get("level").asString()).isEqualTo("WARN");
      assertThat(fields(line))
          .containsEntry("code", "upstream-unreachable")
          .containsEntry("app", app.name())
          .containsEntry("session", app.session().substring(0, 12))
          .containsEntry("failure", "connect-failed");
      assertThat(log.has(token.substring(token.lastIndexOf('.') + 1))).isFalse();
      assertThat(log.has(app.session())).isFalse();
    }
  }

  @Test
  void callWhenTheTokenIsRefusedThenALineSaysWhichAppAndWhy(RunningServer server) {
    Entrance app = Entrance.to(server, "mcp+http://127.0.0.1:9/mcp");
    String token = app.token().with("aud", "somebody-else").signed();

    JsonNode line = lineOf(() -> client.post(app.url(), token, "{}"));
    assertThat(line.get("level").asString()).isEqualTo("INFO");
    assertThat(fields(line))
        .containsEntry("code", "token-audience")
        .containsEntry("app", app.name())
        .doesNotContainKey("session");
    assertThat(log.has(token.substring(token.lastIndexOf('.') + 1))).isFalse();
  }

  @Test
  void auditRowWhenACallIsRefusedThenAlsoALineWithItsCodeAndRequest(RunningServer server) {
    Entrance app = Entrance.to(server, "mcp+http://127.0.0.1:9/mcp");

    HttpResponse<String> answer = client.post(app.url(), "not.a.jwt", "{}");

    JsonNode line = line(answer, "audit");
    assertThat(fields(line))
        .containsEntry("code", "token-malformed")
        .containsEntry("app", app.name())
        .containsEntry("actor", "system");
    JsonNode row = new JsonMapper().readTree(line.get("message").asString());
    assertThat(row.at("/event").asString()).isEqualTo("app_session.refused");
    assertThat(row.at("/reason").asString()).isEqualTo("token-malformed");
  }

  @Test
  void auditRowWhenACredentialIsSetThenItsLineHasNoSecret(RunningServer server) {
    String secret = Unique.name("secret");
    Entrance app = Entrance.to(server, "mcp+http://127.0.0.1:9/mcp");

    String credential = app.appPath() + "/upstream-credential";

    Rest.Answer put =
        app.rest()
            .put(
                credential,
                app.rest().get(credential).etag(),
                Map.of("kind", "static", "header", "X-Key", "value", secret));

    assertThat(put.status()).as(put.text()).isEqualTo(200);
    JsonNode line =
        log.line("\\\"appId\\\":\\\"" + app.appPath().substring("apps/".length()), "audit");
    assertThat(line.get("message").asString()).contains("\"outcome\":\"success\"");
    assertThat(log.has(secret)).isFalse();
  }
}
