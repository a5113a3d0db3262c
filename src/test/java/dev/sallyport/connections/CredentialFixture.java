package dev.sallyport.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.TokenServer;
import dev.sallyport.testing.TokenServer.Answer;
import dev.sallyport.testing.demo.DumperApp;
import dev.sallyport.testing.demo.Received;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// An app whose upstream gets something to prove itself with, and a client that calls it.
class CredentialFixture {
  final GatewayClient client = new GatewayClient();
  final DumperApp upstream = DumperApp.start(0);
  final AtomicInteger count = new AtomicInteger();
  Entrance entrance;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, upstream.url() + "/");
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  String path() {
    return entrance.appPath() + "/upstream-credential";
  }

  Rest.Answer put(Map<String, Object> credential) {
    return entrance.rest().put(path(), entrance.rest().get(path()).etag(), credential);
  }

  void set(Map<String, Object> credential) {
    Rest.Answer answer = put(credential);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  Received call(TestToken token) {
    int before = upstream.received().size();
    HttpResponse<String> answer = get(token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return upstream.awaitReceived(before + 1, Duration.ofSeconds(30)).getLast();
  }

  HttpResponse<String> get(TestToken token) {
    return client.get(entrance.url() + "/x", token.signed());
  }

  TokenServer counting() {
    return TokenServer.start(asked -> Answer.token("t-" + count.incrementAndGet(), 300));
  }

  static Map<String, Object> at(TokenServer server, String kind, Object... more) {
    Map<String, Object> credential = new LinkedHashMap<>();
    credential.put("kind", kind);
    credential.put("tokenEndpoint", server.url() + "/token");
    credential.put("clientId", "gateway");
    credential.put("clientSecret", "s3cret");
    for (int i = 0; i < more.length; i += 2) {
      credential.put((String) more[i], more[i + 1]);
    }
    return credential;
  }
}
