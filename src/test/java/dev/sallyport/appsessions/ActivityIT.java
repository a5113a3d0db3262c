package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.demo.DumperApp;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Calls at the gateway are counted, and written down by and by.
@ExtendWith(RunningServer.Extension.class)
class ActivityIT {
  @Test
  void callsThenTheSessionShowsHowManyAndWhenTheLastWas(RunningServer server) {
    try (DumperApp upstream = DumperApp.start(0);
        GatewayClient client = new GatewayClient()) {
      Entrance app = Entrance.to(server, "mcp+" + upstream.url() + "/mcp");
      String token = app.token().signed();
      String url = app.url();
      assertThat(client.post(url, token, "{}").statusCode()).isEqualTo(200);
      String session = "app-sessions/" + app.session();
      Instant started = Instant.parse(app.rest().get(session).at("/startedAt"));

      assertThat(client.post(url, token, "{}").statusCode()).isEqualTo(200);

      Await.until("both calls", () -> app.rest().get(session).at("/calls").equals("2"));
      assertThat(Instant.parse(app.rest().get(session).at("/lastSeenAt"))).isAfter(started);
    }
  }
}
