package dev.sallyport.browser;

import com.nimbusds.jwt.SignedJWT;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.OpenStream;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.demo.DumperApp;
import dev.sallyport.testing.keycloak.KeycloakRealm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.Map;

/// Agents that call an MCP server with tokens of a realm.
final class KeycloakAgents implements AutoCloseable {
  private final DumperApp upstream = DumperApp.start(0);
  private final GatewayClient client = new GatewayClient();
  private final Entrance entrance;

  KeycloakAgents(RunningServer server, KeycloakRealm realm) {
    Map<String, Object> jwt =
        Map.of(
            "issuer", realm.issuer(),
            "audience", realm.audience(),
            "jwksUrl", realm.jwksUri());
    String uri = "mcp+" + upstream.url() + "/sse-quiet";
    entrance = Entrance.of(server, Map.of("uri", uri), Map.of("jwt", jwt));
  }

  /// Listens, and returns once the server was reached.
  OpenStream stream(String token) {
    return OpenStream.of(client.stream(entrance.url(), token));
  }

  /// What a call is answered with.
  int call(String token) {
    HttpResponse<InputStream> answer = client.stream(entrance.url(), token);
    try (InputStream body = answer.body()) {
      return answer.statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sid(String token) {
    try {
      return SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("sid");
    } catch (ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    upstream.awaitOpenStreams(0, Await.PATIENCE);
    upstream.close();
  }
}
