package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.SiteBrowser;
import dev.sallyport.testing.Unique;
import dev.sallyport.testing.demo.DumperApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whoever brings no token may ask only so often, whatever app they ask for; who is in already is
/// not held up by them.
@ExtendWith(RunningServer.Extension.class)
class TokenlessLimitIT {
  private static final int ENOUGH = 1_000;

  private static DumperApp upstream;
  private static RunningServer server;
  private static Entrance app;

  @BeforeAll
  static void open(RunningServer running) {
    server = running;
    upstream = DumperApp.start(0);
    app = Entrance.to(server, "mcp+" + upstream.url());
  }

  @AfterAll
  static void close() {
    upstream.close();
  }

  private static void assertLimited(int first, IntSupplier call) {
    int last = call.getAsInt();
    assertThat(last).isEqualTo(first);
    for (int i = 0; i < ENOUGH && last == first; i++) {
      last = call.getAsInt();
    }
    assertThat(last).isEqualTo(429);
  }

  private static void assertLimited(int first, String method, String url) {
    try (GatewayClient flood = new GatewayClient()) {
      String live = app.token().signed();
      assertThat(flood.post(app.url(), live, "{}").statusCode()).isEqualTo(200);

      assertLimited(first, () -> flood.send(method, url, BodyPublishers.noBody()).statusCode());
      assertThat(flood.post(app.url(), live, "{}").statusCode()).isEqualTo(200);
    }
  }

  private static String created(Map<String, Object> input) {
    return Rest.admin(server).post("apps", input).at("/url");
  }

  @Test
  void callWhenAtAnAppThenLimited() {
    assertLimited(401, "POST", app.url());
  }

  @Test
  void callWhenAtNoAppThenLimited() {
    assertLimited(404, "POST", server.base() + "/mcp/apps/" + Unique.name("nobody"));
  }

  @Test
  void callWhenAtAHiddenAppThenLimited() {
    Entrance hidden =
        Entrance.of(
            server, Map.of("uri", "mcp+" + upstream.url(), "discoverable", false), Map.of());

    assertLimited(404, "POST", hidden.url());
  }

  @Test
  void callWhenTheAppLetsNobodyInThenLimited() {
    var input = Map.<String, Object>of("name", Unique.name("closed"), "uri", upstream.url());

    assertLimited(404, "GET", created(input) + "/");
  }

  @Test
  void metadataWhenReadTooOftenThenLimited() {
    String path = app.url().substring(server.base().length());

    assertLimited(200, "GET", server.base() + "/.well-known/oauth-protected-resource" + path);
  }

  @Test
  void metadataWhenThereIsNoAppThenLimited() {
    String path = "/.well-known/oauth-protected-resource/mcp/apps/" + Unique.name("nobody");

    assertLimited(404, "GET", server.base() + path);
  }

  @Test
  void siteWhenNobodyIsSignedInThenLimited() {
    String name = Unique.name("site");
    Map<String, Object> site = Map.of("uri", upstream.url(), "publicAddress", origin(name));
    Entrance.of(server, site, Map.of());

    assertLimited(401, at(name));
  }

  @Test
  void siteWhenItLetsNobodyInThenLimited() {
    String name = Unique.name("site");
    created(Map.of("name", name, "uri", upstream.url(), "publicAddress", origin(name)));

    assertLimited(404, at(name));
  }

  private static String origin(String name) {
    return "http://" + name + ".localhost:" + RawCall.port(server);
  }

  /// A program's calls from one address.
  private static IntSupplier at(String name) {
    InetAddress from = Unique.loopback();
    List<String> head =
        List.of("GET / HTTP/1.1", "Host: " + origin(name).substring("http://".length()));
    return () -> {
      try {
        String[] lines = head.toArray(new String[0]);
        return SiteBrowser.Answer.of(RawCall.exchange(RawCall.port(server), from, lines)).status();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
