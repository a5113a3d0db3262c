package dev.sallyport.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.ScriptedUpstream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The numbers for operators, in the text form of OpenMetrics.
@ExtendWith(RunningServer.Extension.class)
class MetricsIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static String text(RunningServer server) {
    Rest.Answer answer = Rest.admin(server).get("metrics");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.text();
  }

  private static double value(RunningServer server, String sample) {
    Matcher line =
        Pattern.compile("^sallyport_" + Pattern.quote(sample) + " (\\S+)$", Pattern.MULTILINE)
            .matcher(text(server));
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }

  @Test
  void readThenInTheFormOfOpenMetrics(RunningServer server) {
    Rest.Answer answer = Rest.admin(server).get("metrics");

    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text");
    assertThat(answer.text())
        .endsWith("# EOF\n")
        .contains(
            "# TYPE sallyport_connection_refreshes counter\n",
            "sallyport_connection_refreshes_total{outcome=\"done\"} ",
            "sallyport_exchange_cache_lookups_total{outcome=\"hit\"} ",
            "# TYPE sallyport_exchange_cache_entries gauge\n");
    assertThat(answer.text().lines())
        .allMatch(
            line ->
                line.matches("# (TYPE|HELP) sallyport_[a-z_]+ .+|# EOF")
                    || line.matches("sallyport_[a-z_]+(\\{[a-z_]+=\"[^\"]*\"})? [-0-9.E]+"));
  }

  @Test
  void leaseThenYoungerThanItsLength(RunningServer server) {
    assertThat(value(server, "lease_age_seconds")).isBetween(0.0, 10.0);
  }

  @Test
  void callsThenCountedWithTheirSessionsAndRefusals(RunningServer server) {
    try (ScriptedUpstream upstream = ScriptedUpstream.start(head -> OK);
        GatewayClient client = new GatewayClient()) {
      Entrance entrance = Entrance.to(server, upstream.url() + "/");
      String refusals = "refusals_total{code=\"token-signature\"}";
      double refused = value(server, refusals);
      double calls = value(server, "calls_total");
      String token = entrance.token().signed();
      client.get(entrance.url() + "/x", token);
      client.get(entrance.url() + "/x", token.substring(0, token.length() - 8) + "AAAAAAAA");

      assertThat(value(server, refusals)).isGreaterThan(refused);
      assertThat(value(server, "sessions_live")).isPositive();
      Await.until("the call is counted", () -> value(server, "calls_total") > calls);
    }
  }

  @Test
  void waitsThenCountedWithTheirTime(RunningServer server) {
    CountDownLatch end = new CountDownLatch(1);
    try (ScriptedUpstream upstream = ScriptedUpstream.start(head -> answered(end));
        GatewayClient client = new GatewayClient()) {
      Map<String, Object> traffic = Map.of("maxCallsPerUpstream", 1, "maxWaiting", 5);
      Entrance entrance =
          Entrance.of(server, Map.of("uri", upstream.url() + "/", "traffic", traffic), Map.of());
      double waits = value(server, "queue_waits_total");
      String token = entrance.token().signed();
      String url = entrance.url() + "/x";
      var first = CompletableFuture.supplyAsync(() -> client.get(url, token).statusCode());
      Await.until("the place to be taken", () -> upstream.requests().size() == 1);
      var second = CompletableFuture.supplyAsync(() -> client.get(url, token).statusCode());
      Await.until("both to run", () -> value(server, "calls_running") >= 2);
      end.countDown();

      assertThat(first.join()).isEqualTo(200);
      assertThat(second.join()).isEqualTo(200);
      assertThat(value(server, "queue_waits_total")).isEqualTo(waits + 1);
      assertThat(value(server, "queue_wait_seconds_total")).isPositive();
    }
  }

  private static String answered(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return OK;
  }

  @Test
  void readWhenANodeIsAskedAtItsOwnAddressThenAnsweredToKeysAlone(RunningServer server)
      throws IOException {
    assertThat(status(server, "/api/v1/metrics", server.adminKey().reveal())).isEqualTo(200);
    assertThat(status(server, "/api/v1/metrics", "sp_wrong")).isEqualTo(401);
    assertThat(status(server, "/api/v1/metrics/", server.adminKey().reveal())).isEqualTo(403);
    assertThat(status(server, "/api/v1/apps", server.adminKey().reveal())).isEqualTo(403);
  }

  private static int status(RunningServer server, String path, String key) throws IOException {
    URI base = URI.create(server.base());
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      String head =
          String.join(
              "\r\n",
              "GET " + path + " HTTP/1.1",
              "Host: node-1.internal:8080",
              "Authorization: Bearer " + key,
              "Connection: close",
              "",
              "");
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String line =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .findFirst()
              .orElseThrow();
      return Integer.parseInt(line.split(" ")[1]);
    }
  }

  @Test
  void readWhenOneMayNotSeeTheSystemThenForbidden(RunningServer server) {
    assertThat(Rest.admin(server).holding("r-viewer").get("metrics").status()).isEqualTo(200);
    assertThat(Rest.admin(server).holding("r-auditor").get("metrics").status()).isEqualTo(403);
  }
}
