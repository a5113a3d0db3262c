package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.OpenStream;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import dev.sallyport.testing.demo.DumperApp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// `/blocks`: whom an admin lets in no more, and again.
@ExtendWith(RunningServer.Extension.class)
class BlocksIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private Entrance entrance;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, upstream.url() + "/");
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private int call(TestToken token) {
    return client.get(entrance.url() + "/x", token.signed()).statusCode();
  }

  private Rest rest() {
    return entrance.rest();
  }

  private Map<String, Object> of(TestToken token) {
    Map<String, Object> body = new HashMap<>();
    body.put("issuer", entrance.issuer().iss());
    body.put("subject", token.claim("sub"));
    return body;
  }

  private Map<String, Object> of(TestToken token, String member, Object value) {
    Map<String, Object> body = of(token);
    body.put(member, value);
    return body;
  }

  private String blocked(Map<String, Object> body) {
    Rest.Answer answer = rest().post("blocks", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.at("/id");
  }

  private String list(String parameters) {
    String issuer = URLEncoder.encode(entrance.issuer().iss(), StandardCharsets.UTF_8);
    return "blocks?issuer=" + issuer + parameters;
  }

  @Test
  void blockWhenAStreamIsOpenThenCutAndNoNewSignInHelps() {
    TestToken token = entrance.token();
    OpenStream stream = OpenStream.of(client.stream(entrance.url() + "/sse-quiet", token.signed()));
    upstream.awaitOpenStreams(1, PATIENCE);

    blocked(of(token));

    stream.awaitCut(PATIENCE);
    long later = Instant.now().getEpochSecond() + 5;
    TestToken anew = token.with("sid", Unique.name("sid")).with("auth_time", later);
    assertThat(client.get(entrance.url() + "/x", anew.with("iat", later).signed()).body())
        .contains("\"code\":\"token-blocked\"");
    assertThat(
            rest()
                .get("app-sessions?state=ended&app=" + entrance.name())
                .at("/items/0/endedReason"))
        .isEqualTo("blocked");
  }

  @Test
  void liftThenLetInAgain() {
    TestToken token = entrance.token();
    String id = blocked(of(token));
    assertThat(call(token)).isEqualTo(401);

    assertThat(rest().delete("blocks/" + id).status()).isEqualTo(204);

    assertThat(call(token)).isEqualTo(200);
    assertThat(rest().get("blocks/" + id).status()).isEqualTo(404);
    assertThat(rest().delete("blocks/" + id).status()).isEqualTo(404);
  }

  @Test
  void blockOfAClientThenOtherClientsOfThePersonGoOn() {
    TestToken token = entrance.token();
    blocked(of(token, "client", "agent"));

    assertThat(call(token)).isEqualTo(401);
    assertThat(call(token.with("azp", "another"))).isEqualTo(200);
  }

  @Test
  void blockOfAClientOfAnybodyThenEverybodyWithItIsRefused() {
    Map<String, Object> body = Map.of("issuer", entrance.issuer().iss(), "client", "agent");
    blocked(body);

    assertThat(call(entrance.token())).isEqualTo(401);
    assertThat(call(entrance.token().with("azp", "another"))).isEqualTo(200);
  }

  @Test
  void blockOfASignInThenOtherSignInsGoOn() {
    TestToken token = entrance.token();
    Object sid = token.claim("sid");
    blocked(Map.of("issuer", entrance.issuer().iss(), "sid", sid));

    assertThat(call(token.refreshed())).isEqualTo(401);
    assertThat(call(token.with("sid", Unique.name("sid")))).isEqualTo(200);
  }

  @Test
  void blockAtAnotherAppThenThisOneGoesOn() {
    Entrance other = Entrance.to(entrance.server(), upstream.url() + "/");
    TestToken token = entrance.token();
    blocked(of(token, "app", other.name()));

    assertThat(call(token)).isEqualTo(200);
  }

  @Test
  void blockWhenItsTimeIsOverThenLetInAndNotListed() throws SQLException {
    TestToken token = entrance.token();
    String id = blocked(of(token, "until", Instant.now().plusSeconds(3_600).toString()));
    assertThat(call(token)).isEqualTo(401);
    try (Connection connection = TestDatabase.connect(entrance.server());
        var statement =
            connection.prepareStatement(
                "update block set until = now() - interval '1 s' where id = ?")) {
      statement.setString(1, id);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }

    assertThat(call(token)).isEqualTo(200);
    assertThat(rest().get(list("")).json().get("items").size()).isZero();
  }

  @Test
  void endWhenTokenTellsNoSignInThenTheBlockIsListed() {
    TestToken token = entrance.token().without("sid");
    call(token);
    entrance.end(entrance.session());

    Rest.Answer listed = rest().get(list(""));

    assertThat(listed.at("/items/0/reason")).isEqualTo("revoked");
    assertThat(listed.at("/items/0/app")).isEqualTo(entrance.name());
    assertThat(listed.at("/items/0/withoutSid")).isEqualTo("true");
    assertThat(listed.at("/items/0/signedInUntil")).isNotEmpty();
  }

  @Test
  void listThenNewestFirstInPages() {
    TestToken token = entrance.token();
    String first = blocked(of(token, "client", "one"));
    String second = blocked(of(token, "client", "two"));
    String third = blocked(of(token, "client", "three"));

    Rest.Answer page = rest().get(list("&limit=2"));
    Rest.Answer rest = rest().get(list("&limit=2&after=" + page.at("/next")));

    assertThat(page.json().get("items").findValuesAsString("id")).containsExactly(third, second);
    assertThat(page.at("/total")).isEqualTo("3");
    assertThat(rest.json().get("items").findValuesAsString("id")).containsExactly(first);
    assertThat(rest.json().get("next").isNull()).isTrue();
    assertThat(rest().get(list("&client=two")).json().get("items").findValuesAsString("id"))
        .containsExactly(second);
    assertThat(rest().get(list("&subject=nobody")).at("/total")).isEqualTo("0");
  }

  @Test
  void listWhenCursorOrLimitIsWrongThen400() {
    assertThat(rest().get("blocks?after=nonsense").fields()).containsExactly("after");
    assertThat(rest().get("blocks?limit=0").fields()).containsExactly("limit");
    assertThat(rest().get("blocks?limit=x").fields()).containsExactly("limit");
    assertThat(rest().get("blocks?subject=%00").fields()).containsExactly("subject");
  }

  @Test
  void blockThenAnswersTheWholeRow() {
    TestToken token = entrance.token();
    Rest.Answer answer = rest().post("blocks", of(token, "note", "lost laptop"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .endsWith("/blocks/" + answer.at("/id"));
    assertThat(answer.shape().replace(entrance.issuer().iss(), "ISS"))
        .isEqualToIgnoringWhitespace(
            """
            {
              "id" : "blk_ID",
              "issuer" : "ISS",
              "subject" : "%s",
              "client" : null,
              "withoutClient" : false,
              "appId" : null,
              "app" : null,
              "sid" : null,
              "withoutSid" : false,
              "revokedAt" : "TIME",
              "signedInUntil" : null,
              "until" : null,
              "reason" : "blocked",
              "by" : "%s",
              "note" : "lost laptop"
            }
            """
                .formatted(token.claim("sub"), answer.at("/by")));
  }

  @Test
  void blockWhenMembersAreWrongThenNamesThem() {
    TestToken token = entrance.token();
    assertThat(refused(Map.of())).contains("issuer", "subject");
    assertThat(refused(Map.of("issuer", entrance.issuer().iss()))).containsExactly("subject");
    assertThat(refused(Map.of("issuer", "https://unknown.test", "subject", "x")))
        .containsExactly("issuer");
    assertThat(refused(of(token, "app", "no-such-app"))).containsExactly("app");
    assertThat(refused(of(token, "client", ""))).containsExactly("client");
    assertThat(refused(of(token, "sid", "s".repeat(256)))).containsExactly("sid");
    assertThat(refused(of(token, "note", "n".repeat(501)))).containsExactly("note");
    assertThat(refused(of(token, "until", "2020-01-01T00:00:00Z"))).containsExactly("until");
    assertThat(refused(of(token, "until", "2120-01-01T00:00:00Z"))).containsExactly("until");
    assertThat(call(token)).isEqualTo(200);
  }

  private List<String> refused(Map<String, Object> body) {
    Rest.Answer answer = rest().post("blocks", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    return answer.fields();
  }

  @Test
  void blockWhenOnlyReadingIsPermittedThen403() {
    Rest viewer = rest().holding("r-viewer");
    String id = blocked(of(entrance.token()));

    assertThat(viewer.get("blocks/" + id).status()).isEqualTo(200);
    assertThat(viewer.delete("blocks/" + id).status()).isEqualTo(403);
    assertThat(viewer.post("blocks", of(entrance.token())).status()).isEqualTo(403);
    assertThat(rest().holding("r-auditor").get("blocks").status()).isEqualTo(403);
  }

  @Test
  void blockOfEverybodyWithAClientWhenNotPermittedToEndManyThen403() {
    Rest operator = rest().holding("r-operator");
    Map<String, Object> client = Map.of("issuer", entrance.issuer().iss(), "client", "agent");

    assertThat(operator.post("blocks", of(entrance.token())).status()).isEqualTo(201);
    assertThat(operator.post("blocks", client).status()).isEqualTo(403);
  }

  @Test
  void blockAndLiftThenAudited() {
    TestToken token = entrance.token();
    call(token);
    String id = blocked(of(token));
    rest().delete("blocks/" + id);

    for (String event : List.of("block.created", "block.lifted")) {
      Await.until(
          "an audit row of " + event,
          () -> rest().get("audit?event=" + event + "&resource=" + id).text().contains(id));
    }
    assertThat(rest().get("audit?event=block.created&resource=" + id).at("/items/0/details/ended"))
        .isEqualTo("1");
  }
}
