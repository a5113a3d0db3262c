package dev.sallyport.connections.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The clients that admins add for authorization servers.
@ExtendWith(RunningServer.Extension.class)
class ClientsIT {
  private static final String CLIENTS = "connections/clients";

  private final String issuer = "https://" + Unique.name("idp") + ".example/";
  private Rest rest;

  @BeforeEach
  void open(RunningServer server) {
    rest = Rest.admin(server);
  }

  private Map<String, Object> input(Object... more) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("issuer", issuer);
    input.put("clientId", "gateway");
    input.put("clientSecret", "s3cret-value");
    for (int i = 0; i < more.length; i += 2) {
      input.put((String) more[i], more[i + 1]);
    }
    return input;
  }

  private Rest.Answer created() {
    Rest.Answer answer = rest.post(CLIENTS, input());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer;
  }

  private static String path(Rest.Answer client) {
    return CLIENTS + "/" + client.at("/id");
  }

  @Test
  void createThenShownWithoutItsSecret() {
    Rest.Answer made = created();
    Rest.Answer shown = rest.get(path(made));
    assertThat(shown.at("/issuer")).isEqualTo(issuer);
    assertThat(shown.at("/kind")).isEqualTo("pre_registered");
    assertThat(shown.at("/authentication")).isEqualTo("basic");
    assertThat(shown.json().get("hasSecret").asBoolean()).isTrue();
    assertThat(made.text() + shown.text() + rest.get(CLIENTS).text())
        .doesNotContain("s3cret-value");
    assertThat(rest.get(CLIENTS).text()).contains(made.at("/id"));
  }

  @Test
  void createWhenTheIssuerHasAClientThenRefusedWithAndWithoutSlash() {
    created();
    String without = issuer.substring(0, issuer.length() - 1);
    assertThat(rest.post(CLIENTS, input()).code()).isEqualTo("oauth-client-exists");
    assertThat(rest.post(CLIENTS, input("issuer", without)).code())
        .isEqualTo("oauth-client-exists");
  }

  @ParameterizedTest
  @CsvSource({
    "issuer, urn:x, issuer",
    "issuer, https://a@idp.example, issuer",
    "issuer, https://idp.example?x=1, issuer",
    "clientId, '', clientId",
    "authentication, magic, authentication",
    "authentication, none, clientSecret",
    "clientSecret, '', clientSecret"
  })
  void createWhenAFieldIsWrongThenItIsNamed(String member, String value, String field) {
    assertThat(rest.post(CLIENTS, input(member, value)).fields()).containsExactly(field);
  }

  @Test
  void updateWhenTheSecretIsLeftOutThenItStays() {
    Rest.Answer made = created();
    Map<String, Object> changed = input("authentication", "post");
    changed.remove("clientSecret");
    Rest.Answer answer = rest.put(path(made), made.etag(), changed);
    assertThat(answer.at("/authentication")).isEqualTo("post");
    assertThat(answer.json().get("hasSecret").asBoolean()).isTrue();
  }

  @Test
  void updateWhenItNeedsNoSecretAnyMoreThenItIsGone() {
    Rest.Answer made = created();
    Map<String, Object> open = input("authentication", "none");
    open.remove("clientSecret");
    Rest.Answer answer = rest.put(path(made), made.etag(), open);
    assertThat(answer.json().get("hasSecret").asBoolean()).isFalse();
    open.put("authentication", "basic");
    assertThat(rest.put(path(made), answer.etag(), open).fields()).containsExactly("clientSecret");
  }

  @Test
  void updateWhenTheIssuerChangesThenRefused() {
    Rest.Answer made = created();
    assertThat(rest.put(path(made), made.etag(), input("issuer", "https://other.example")).fields())
        .containsExactly("issuer");
  }

  @Test
  void updateWhenTheRevisionIsOldThenRefused() {
    Rest.Answer made = created();
    rest.put(path(made), made.etag(), input("clientId", "other"));
    assertThat(rest.put(path(made), made.etag(), input()).status()).isEqualTo(412);
  }

  @Test
  void deleteThenGone() {
    Rest.Answer made = created();
    assertThat(rest.delete(path(made), made.etag()).status()).isEqualTo(204);
    assertThat(rest.get(path(made)).status()).isEqualTo(404);
    assertThat(rest.post(CLIENTS, input()).status()).isEqualTo(201);
  }

  @Test
  void changesThenInTheAudit() {
    Rest.Answer made = created();
    rest.delete(path(made), made.etag());
    String rows = rest.get("audit?resource=" + made.at("/id")).text();
    assertThat(rows)
        .contains("connection.client_created", "connection.client_deleted")
        .doesNotContain("s3cret-value");
  }

  @Test
  void createWhenOneMayOnlyLookThenForbidden() {
    Rest viewer = rest.holding("r-viewer");
    assertThat(viewer.get(CLIENTS).status()).isEqualTo(200);
    assertThat(viewer.post(CLIENTS, input()).status()).isEqualTo(403);
  }

  @Test
  void documentWhenTheGatewayIsPlainHttpThenNotServed(RunningServer server) {
    URI document = URI.create(server.base() + "/.well-known/oauth-client.json");
    assertThat(RunningServer.send(HttpRequest.newBuilder(document).build()).statusCode())
        .isEqualTo(404);
  }
}
