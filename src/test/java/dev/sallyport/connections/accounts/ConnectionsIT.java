package dev.sallyport.connections.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.connections.grants.Person;
import dev.sallyport.connections.grants.SeededGrants;
import dev.sallyport.connections.grants.SeededGrants.Seed;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TokenServer.Answer;
import dev.sallyport.testing.Unique;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Connected accounts over REST: one's own and others', and what ends them.
@ExtendWith(RunningServer.Extension.class)
class ConnectionsIT {
  private final Person ada = new Person("https://idp.example", Unique.name("sub"));
  private final String name = Unique.name("ada");
  private RunningServer server;
  private Rest rest;
  private SeededGrants grants;
  private Entrance app;

  @BeforeEach
  void open(RunningServer running) {
    server = running;
    rest = Rest.admin(running);
    grants = new SeededGrants(running);
    app = Entrance.to(running, "http://127.0.0.1:9/mcp");
  }

  @AfterEach
  void close() {
    rest.delete("connections?issuer=" + encoded(grants.issuer()));
    grants.close();
  }

  private String appId() {
    return app.appPath().substring("apps/".length());
  }

  private String keep() {
    return grants.keep(Seed.of(ada, name, appId()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Rest.Answer status(String id) {
    Rest.Answer answer = rest.get("connections/" + id);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  @Test
  void getThenEverythingButTokens() {
    String id = keep();
    grants.consent(ada, "claude", appId());
    Rest.Answer answer = status(id);
    assertThat(
            answer
                .shape()
                .replace(grants.issuer(), "ISSUER")
                .replace(server.base(), "BASE")
                .replace(appId(), "app_ID")
                .replaceAll("\"cns_[^\"]*\"", "\"cns_ID\"")
                .replace(ada.subject(), "SUBJECT")
                .replace(app.name(), "APP")
                .replace(name, "NAME"))
        .isEqualToIgnoringWhitespace(
            """
            {
              "id" : "con_ID",
              "status" : "connected",
              "person" : {
                "issuer" : "https://idp.example", "subject" : "SUBJECT", "username" : "NAME"
              },
              "issuer" : "ISSUER",
              "clientId" : "gateway",
              "resource" : "https://wiki.example/mcp",
              "scopes" : [ "read" ],
              "sessionId" : null,
              "apps" : [ { "id" : "app_ID", "name" : "APP" } ],
              "consents" : [ {
                "id" : "cns_ID", "client" : "claude", "app" : "APP", "scopes" : [ "read" ],
                "sessionId" : null, "at" : "TIME"
              } ],
              "renewable" : true,
              "expiresAt" : "TIME",
              "connectedAt" : "TIME",
              "lastRefreshAt" : null,
              "lastError" : null,
              "lastErrorAt" : null,
              "endedAt" : null,
              "endedReason" : null,
              "endedBy" : null,
              "revokedAtIssuer" : null,
              "reconnectUrl" : "BASE/oauth/connect/start?app=app_ID"
            }
            """);
  }

  @Test
  void listWhenFilteredThenOnlyWhatMatches() {
    String id = keep();
    String other =
        grants.keep(Seed.of(new Person("https://idp.example", "x" + name), "x", appId()));
    assertThat(ids("user=" + name)).containsExactly(id);
    assertThat(ids("issuer=" + encoded(grants.issuer()))).containsExactly(other, id);
    assertThat(ids("app=" + app.name() + "&status=connected")).containsExactly(other, id);
    assertThat(ids("app=" + app.name() + "&status=revoked")).isEmpty();
    assertThat(rest.get("connections?status=fine").fields()).containsExactly("status");
  }

  private List<String> ids(String query) {
    return rest.get("connections?" + query).json().get("items").findValuesAsString("id").stream()
        .filter(id -> id.startsWith("con_"))
        .toList();
  }

  @Test
  void listWhenPagedThenEachOnce() {
    for (int i = 0; i < 3; i++) {
      grants.keep(Seed.of(new Person("https://idp.example", i + name), name, appId()));
    }
    Rest.Answer first = rest.get("connections?limit=2&user=" + name);
    assertThat(first.json().get("total").asInt()).isEqualTo(3);
    Rest.Answer second =
        rest.get("connections?limit=2&user=" + name + "&after=" + first.at("/next"));
    assertThat(second.json().get("items").size()).isEqualTo(1);
    assertThat(second.json().get("next").isNull()).isTrue();
  }

  @Test
  void refreshThenNewTokens() {
    String id = keep();
    Rest.Answer answer = rest.post("connections/" + id + "/refresh", "");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.at("/lastRefreshAt")).isNotEmpty();
    assertThat(grants.asked("/token").getFirst().form()).containsEntry("refresh_token", "r0");
    assertThat(
            rest.get("audit?event=connection.refreshed&resource=" + id).json().get("total").asInt())
        .isEqualTo(1);
  }

  @Test
  void refreshThenOneLineInTheLogSaysHowLongItTook() throws IOException {
    String id = keep();
    rest.post("connections/" + id + "/refresh", "");

    Path log = server.dataFolder().resolve("standalone/log/server.log");
    String start = "refresh of connection " + id.substring(0, 12);
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      assertThat(lines.filter(line -> line.contains(start)))
          .singleElement(InstanceOfAssertFactories.STRING)
          .contains(" INFO ", grants.issuer())
          .containsPattern(": done \\([0-9]+ ms\\)");
    }
  }

  @Test
  void statisticsThenCountsOfStatusAndRefreshes() {
    String id = keep();
    JsonNode before = rest.get("connections/statistics").json();
    rest.post("connections/" + id + "/refresh", "");
    rest.delete("connections/" + id);
    JsonNode after = rest.get("connections/statistics").json();
    assertThat(after.at("/refreshes/done").asLong())
        .isGreaterThan(before.at("/refreshes/done").asLong());
    assertThat(after.at("/connections/revoked").asLong()).isPositive();
    assertThat(rest.holding("r-agent").get("connections/statistics").status()).isEqualTo(403);
  }

  @Test
  void refreshWhenTheServerFailsThenItSaysSoAndLivesOn() {
    String id = keep();
    grants.tokenEndpoint(new Answer(503, ""));
    Rest.Answer answer = rest.post("connections/" + id + "/refresh", "");
    assertThat(answer.at("/status")).isEqualTo("refresh_failing");
    assertThat(answer.at("/lastError")).contains("503");
  }

  @Test
  void refreshWhenRefusedThenTheStatusAsksForASignIn() {
    String id = keep();
    grants.tokenEndpoint(Answer.error(400, "invalid_grant"));
    Rest.Answer answer = rest.post("connections/" + id + "/refresh", "");
    assertThat(answer.at("/status")).isEqualTo("auth_required");
    assertThat(answer.at("/endedReason")).isEqualTo("refresh-refused");
    assertThat(rest.post("connections/" + id + "/refresh", "").code())
        .isEqualTo("connection-not-renewable");
  }

  @Test
  void revokeThenAlsoAtTheIssuer() {
    String id = keep();
    Rest.Answer answer = rest.delete("connections/" + id);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.at("/status")).isEqualTo("revoked");
    assertThat(answer.at("/revokedAtIssuer")).isEqualTo("done");
    assertThat(grants.asked("/revoke"))
        .extracting(asked -> asked.form().get("token"))
        .containsExactly("r0", "a0");
    assertThat(grants.column(id, "refresh_token")).isNull();
  }

  @Test
  void endManyWhenMoreThanExpectedThenNothing() {
    String id = keep();
    String query = "connections?issuer=" + encoded(grants.issuer());
    Rest.Answer refused = rest.delete(query + "&expectedCount=0");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("count-differs");
    assertThat(status(id).at("/status")).isEqualTo("connected");
    assertThat(rest.delete(query + "&expectedCount=1").at("/ended")).isEqualTo("1");
    assertThat(status(id).at("/endedBy")).isNotEmpty();
    Await.until("revoked at the issuer", () -> status(id).at("/revokedAtIssuer").equals("done"));
  }

  @Test
  void endManyWhenByAnAssistantThenOneByOneOnly() {
    String id = keep();
    Rest assistant = rest.holding("r-mcp");
    Rest.Answer many = assistant.delete("connections?issuer=" + encoded(grants.issuer()));
    assertThat(many.status()).isEqualTo(403);
    assertThat(many.text()).contains("connection.edit");
    assertThat(status(id).at("/status")).isEqualTo("connected");
    assertThat(assistant.delete("connections/" + id).status()).isEqualTo(200);
  }

  @Test
  void endManyWhenWithoutFilterThenRefused() {
    assertThat(rest.delete("connections").code()).isEqualTo("filter-empty");
    assertThat(rest.delete("connections?user=a%00").fields()).containsExactly("user");
    assertThat(rest.delete("connections?user=" + name + "&expectedCount=x").fields())
        .containsExactly("expectedCount");
  }

  @Test
  void endManyByUserThenNobodyWhoseNameOnlyBeginsLikeThat() {
    String hers = keep();
    String others =
        grants.keep(Seed.of(new Person("https://idp.example", "n" + name), name + "by", appId()));
    assertThat(ids("user=" + name)).containsExactly(others, hers);
    assertThat(rest.delete("connections?user=" + name).at("/ended")).isEqualTo("1");
    assertThat(status(hers).at("/status")).isEqualTo("revoked");
    assertThat(status(others).at("/status")).isEqualTo("connected");
  }

  @Test
  void endManyBySessionThenThoseOnly() {
    String id = keep();
    String session = "aas_" + Unique.name("test");
    String ofSession = grants.keep(Seed.of(ada, name, appId()).ofSession(session));
    rest.delete("connections?session=" + session);
    assertThat(status(id).at("/status")).isEqualTo("connected");
    assertThat(status(ofSession).at("/status")).isEqualTo("revoked");
  }

  @Test
  void sweepWhenTheSessionIsOverThenItsConnectionEnds() {
    String id = grants.keep(Seed.of(ada, name, appId()).ofSession("aas_" + Unique.name("gone")));
    Await.until("ended", () -> status(id).at("/endedReason").equals("session-ended"));
  }

  @Test
  void ownThenWithoutPermissionAndNothingOfOthers() {
    String others = keep();
    try (SignedInPerson person = new SignedInPerson(server)) {
      String mine = grants.keep(Seed.of(person.person(), person.name(), appId()));
      assertThat(person.get("connections").json().get("items").findValuesAsString("status"))
          .containsExactly("connected");
      assertThat(person.get("connections/" + mine).status()).isEqualTo(200);
      assertThat(person.get("connections/" + others).status()).isEqualTo(404);
      assertThat(person.get("connections?all=true").status()).isEqualTo(403);
      assertThat(person.call("DELETE", "connections/" + others).status()).isEqualTo(404);
      assertThat(person.call("POST", "connections/" + mine + "/refresh").status()).isEqualTo(200);
      assertThat(person.call("DELETE", "connections/" + mine).at("/status")).isEqualTo("revoked");
    }
    assertThat(status(others).at("/status")).isEqualTo("connected");
  }

  @Test
  void withdrawThenOnlyByThePersonOrWithThePermission() {
    keep();
    String others = grants.consent(ada, "claude", appId());
    try (SignedInPerson person = new SignedInPerson(server)) {
      String mine = grants.consent(person.person(), "claude", appId());
      assertThat(person.call("DELETE", "connections/consents/" + others).status()).isEqualTo(404);
      assertThat(person.call("DELETE", "connections/consents/" + mine).status()).isEqualTo(204);
      assertThat(person.call("DELETE", "connections/consents/" + mine).status()).isEqualTo(404);
    }
    assertThat(rest.holding("r-viewer").delete("connections/consents/" + others).status())
        .isEqualTo(403);
    assertThat(rest.delete("connections/consents/" + others).status()).isEqualTo(204);
  }

  @Test
  void scopedReaderThenOnlyTheirApps() {
    String id = keep();
    Entrance elsewhere = Entrance.to(server, "http://127.0.0.1:9/mcp");
    String otherApp = elsewhere.appPath().substring("apps/".length());
    String other =
        grants.keep(Seed.of(new Person("https://idp.example", "y" + name), name, otherApp));
    Rest scoped = scoped("r-operator");
    assertThat(scoped.get("connections?user=" + name).json().get("total").asInt()).isEqualTo(1);
    assertThat(scoped.get("connections/" + id).status()).isEqualTo(200);
    assertThat(scoped.get("connections/" + other).status()).isEqualTo(404);
    grants.serve(id, otherApp);
    assertThat(scoped.get("connections/" + id).json().get("apps").size()).isEqualTo(1);
    assertThat(scoped.delete("connections/" + id).status())
        .as("it serves an app out of reach, too")
        .isEqualTo(403);
    assertThat(scoped.delete("connections?user=" + name).at("/ended")).isEqualTo("0");
    assertThat(status(other).at("/status")).isEqualTo("connected");
  }

  private Rest scoped(String role) {
    Rest.Answer key =
        rest.post(
            "auth/keys",
            Map.of(
                "name",
                Unique.name("scoped"),
                "role",
                role,
                "scope",
                Map.of("test", List.of(app.name()))));
    assertThat(key.status()).as(key.text()).isEqualTo(201);
    return rest.with(new dev.sallyport.crypto.Secret(key.at("/key")));
  }

  @Test
  void blockOfThePersonForGoodThenEnds() {
    String id = grants.keep(Seed.of(new Person(app.issuer().iss(), ada.subject()), name, appId()));
    Map<String, Object> block = Map.of("issuer", app.issuer().iss(), "subject", ada.subject());
    assertThat(rest.post("blocks", block).status()).isEqualTo(201);
    assertThat(status(id).at("/endedReason")).isEqualTo("blocked");
  }

  @Test
  void blockOfOneClientThenLivesOn() {
    String id = grants.keep(Seed.of(new Person(app.issuer().iss(), ada.subject()), name, appId()));
    Map<String, Object> block =
        Map.of("issuer", app.issuer().iss(), "subject", ada.subject(), "client", "one");
    assertThat(rest.post("blocks", block).status()).isEqualTo(201);
    assertThat(status(id).at("/status")).isEqualTo("connected");
  }

  @Test
  void deactivateThenEnds() {
    try (SignedInPerson person = new SignedInPerson(server)) {
      String id = grants.keep(Seed.of(person.person(), person.name(), appId()));
      String user = rest.get("auth/users?text=" + person.name()).at("/items/0/id");
      assertThat(rest.post("auth/users/" + user + "/deactivate", "").status()).isEqualTo(200);
      assertThat(status(id).at("/endedReason")).isEqualTo("deactivated");
    }
  }

  @Test
  void deleteOfTheOnlyAppThenEnds() {
    String id = keep();
    assertThat(rest.delete(app.appPath(), rest.get(app.appPath()).etag()).status()).isEqualTo(204);
    assertThat(status(id).at("/endedReason")).isEqualTo("app-deleted");
  }

  @Test
  void deleteOfTheClientThenEnds() {
    String id = keep();
    String client = "connections/clients/" + grants.client();
    assertThat(rest.delete(client, rest.get(client).etag()).status()).isEqualTo(204);
    assertThat(status(id).at("/endedReason")).isEqualTo("client-gone");
  }
}
