package dev.sallyport.connections.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.TestPki;
import dev.sallyport.testing.demo.DumperApp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Apps that are called with a certificate and authorities of their own.
@ExtendWith(RunningServer.Extension.class)
class AppTlsIT {
  @TempDir static Path folder;
  private static TestPki theirs;
  private static TestPki ours;

  private final GatewayClient client = new GatewayClient();
  private MutualTlsServer upstream;
  private Entrance entrance;

  @BeforeAll
  static void make() {
    theirs = TestPki.make(folder, "server", "EC");
    ours = TestPki.make(folder, "gateway", "RSA");
  }

  @BeforeEach
  void open(RunningServer server) {
    upstream = MutualTlsServer.start(theirs.serverTrusting(ours));
    entrance = Entrance.to(server, upstream.url() + "/");
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private Rest.Answer put(String use, Map<String, Object> tls) {
    String path = entrance.appPath() + "/tls/" + use;
    return entrance.rest().put(path, entrance.rest().get(path).etag(), tls);
  }

  private static Map<String, Object> all() {
    Map<String, Object> tls = new LinkedHashMap<>();
    tls.put("certificate", ours.certificate());
    tls.put("privateKey", ours.key());
    tls.put("authorities", theirs.certificate());
    return tls;
  }

  private void set(String use, Map<String, Object> tls) {
    Rest.Answer answer = put(use, tls);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private HttpResponse<String> call() {
    return client.get(entrance.url() + "/x", entrance.token().signed());
  }

  /// The first handshakes of a process take their time; calls don't wait that long.
  private void assertArrives() {
    Await.until("a call that arrives", () -> call().statusCode() == 200);
  }

  @Test
  void upstreamWhenCertificateAndAuthorityAreSetThenTheCallArrives() {
    assertThat(call().statusCode()).isEqualTo(502);
    set("upstream", all());
    assertArrives();
    assertThat(call().body()).startsWith("CN=gateway ");
  }

  @Test
  void upstreamWhenTheCertificateIsMissingThenNothingArrives() {
    set("upstream", Map.of("authorities", theirs.certificate()));
    assertThat(call().statusCode()).isEqualTo(502);
    assertThat(upstream.seen()).isEmpty();
  }

  @Test
  void upstreamWhenTheAuthorityIsMissingThenNothingArrives() {
    Map<String, Object> tls = all();
    tls.remove("authorities");
    set("upstream", tls);
    assertThat(call().statusCode()).isEqualTo(502);
    assertThat(upstream.seen()).isEmpty();
  }

  @Test
  void upstreamWhenItsTlsIsTakenAwayThenTheNextCallFails() {
    set("upstream", all());
    assertArrives();
    set("upstream", Map.of());
    assertThat(call().statusCode()).isEqualTo(502);
  }

  @Test
  void upstreamWhenItsTlsCantBeUsedThenItIsNotCalledWithout(RunningServer server) throws Exception {
    try (DumperApp open = DumperApp.start(0)) {
      entrance = Entrance.to(server, open.url() + "/");
      set("upstream", all());
      assertArrives();
      spoil(server);
      assertThat(entrance.changeApp(Map.of("description", "changed")).status()).isEqualTo(200);
      assertThat(call().statusCode()).isEqualTo(502);
      assertThat(open.awaitReceived(1, Duration.ofSeconds(30))).hasSize(1);
    }
  }

  private void spoil(RunningServer server) throws Exception {
    String sql = "update app_tls set certificate = 'x', revision = revision + 1 where app_id = ?";
    try (Connection database = TestDatabase.connect(server);
        PreparedStatement statement = database.prepareStatement(sql)) {
      statement.setString(1, entrance.appPath().replace("apps/", ""));
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void tokenEndpointWhenItsTlsIsSetThenItGivesTokens(RunningServer server) {
    try (DumperApp open = DumperApp.start(0)) {
      entrance = Entrance.to(server, open.url() + "/");
      String path = entrance.appPath() + "/upstream-credential";
      Map<String, Object> credential =
          Map.of(
              "kind", "client_credentials",
              "tokenEndpoint", upstream.url() + "/token",
              "clientId", "gateway",
              "clientSecret", "s3cret");
      assertThat(entrance.rest().put(path, entrance.rest().get(path).etag(), credential).status())
          .isEqualTo(200);
      assertThat(call().statusCode()).isEqualTo(503);

      set("token-endpoint", all());

      Await.until("a call with a token", () -> call().statusCode() == 200);
      assertThat(open.received().getLast().header("Authorization")).hasValue("Bearer from-tls");
      assertThat(upstream.seen()).containsOnly("/token");
    }
  }

  @Test
  void discoverThenTheAppIsAskedWithItsOwnTls() {
    assertThat(firstStep()).contains("SALLYPORT_OUTBOUND_CA_FILE");
    set("upstream", all());
    assertThat(firstStep()).contains("answered with status 200");
  }

  private String firstStep() {
    return entrance
        .rest()
        .post(entrance.appPath() + "/connection/discover", Map.of())
        .at("/steps/0/detail");
  }

  @Test
  void putThenTheKeyIsNeverShownAndStaysWhenLeftOut() {
    set("upstream", all());
    Map<String, Object> again = all();
    again.remove("privateKey");
    set("upstream", again);
    Rest.Answer shown = entrance.rest().get(entrance.appPath() + "/tls/upstream");
    assertThat(shown.text()).doesNotContain("PRIVATE KEY");
    assertThat(shown.at("/shown/subject")).isEqualTo("CN=gateway");
    assertThat(shown.at("/trusted/0/subject")).isEqualTo("CN=server");
    assertThat(shown.json().get("hasPrivateKey").asBoolean()).isTrue();
    assertArrives();
  }

  @Test
  void putWhenTheKeyIsAnothersThenRefused() {
    Map<String, Object> tls = all();
    tls.put("privateKey", TestPki.make(folder, "other", "RSA").key());
    assertThat(put("upstream", tls).fields()).containsExactly("privateKey");
    tls.put("privateKey", theirs.key());
    assertThat(put("upstream", tls).fields()).containsExactly("privateKey");
  }

  @ParameterizedTest
  @CsvSource({
    "certificate, no pem, certificate",
    "authorities, no pem, authorities",
    "privateKey, no pem, privateKey",
    "privateKey, '', privateKey",
    "certificate, '', certificate"
  })
  void putWhenAFieldIsWrongThenItIsNamed(String member, String value, String field) {
    Map<String, Object> tls = all();
    tls.put(member, value);
    assertThat(put("upstream", tls).fields()).containsExactly(field);
  }

  @Test
  void putWhenTheUseIsUnknownThenNotFound() {
    assertThat(entrance.rest().get(entrance.appPath() + "/tls/everything").status()).isEqualTo(404);
  }

  @Test
  void putWhenTheRevisionIsOldThenRefused() {
    set("upstream", all());
    String path = entrance.appPath() + "/tls/upstream";
    assertThat(entrance.rest().put(path, "\"0\"", all()).status()).isEqualTo(412);
  }
}
