package dev.sallyport.consolesessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Listing and ending console sessions over REST.
@ExtendWith(RunningServer.Extension.class)
class SessionsApiIT {
  private static final JsonMapper JSON = new JsonMapper();

  private final List<ConsoleBrowser> browsers = new ArrayList<>();
  private RunningServer server;
  private Rest admin;
  private Secret viewer;

  @BeforeEach
  void use(RunningServer running) {
    server = running;
    admin = Rest.admin(running);
    viewer = key("r-viewer");
  }

  @AfterEach
  void close() {
    browsers.forEach(ConsoleBrowser::close);
  }

  private Secret key(String role) {
    Rest.Answer made = admin.post("auth/keys", Map.of("name", Unique.name(role), "role", role));
    return new Secret(made.at("/key"));
  }

  private ConsoleBrowser signedIn(Secret key) {
    ConsoleBrowser browser = new ConsoleBrowser(server);
    browsers.add(browser);
    browser.signIn(key);
    return browser;
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  private static List<String> ids(JsonNode page) {
    return page.get("items").findValuesAsString("id").stream()
        .filter(id -> id.startsWith("ses-"))
        .toList();
  }

  @Test
  void listWhenOwnThenNeedsNoPermissionAndShowsNoOther() {
    ConsoleBrowser mine = signedIn(viewer);
    signedIn(server.adminKey());

    HttpResponse<String> answer = mine.get("/api/v1/auth/sessions", "User-Agent", "Some browser");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(ids(json(answer))).containsExactly(mine.session());
    assertThat(json(answer).at("/total").asInt()).isEqualTo(1);
    JsonNode item = json(answer).at("/items/0");
    assertThat(item.propertyNames())
        .containsExactly(
            "id",
            "actor",
            "provider",
            "address",
            "userAgent",
            "startedAt",
            "lastSeenAt",
            "idleUntil",
            "expiresAt",
            "current");
    assertThat(item.get("current").asBoolean()).isTrue();
    assertThat(item.at("/actor/kind").asString()).isEqualTo("api-key");
    assertThat(answer.body()).doesNotContain(mine.cookie("sallyport_csrf"));
  }

  @Test
  void listWhenByKeyThenTheSessionsThatTheKeyStarted() {
    ConsoleBrowser browser = signedIn(viewer);

    Rest.Answer answer = admin.with(viewer).get("auth/sessions");

    assertThat(ids(answer.json())).containsExactly(browser.session());
    assertThat(answer.at("/items/0/current")).isEqualTo("false");
  }

  @Test
  void listWhenOthersAreAskedForWithoutPermissionThenRefused() {
    ConsoleBrowser mine = signedIn(viewer);

    for (String query : List.of("all=true", "actor=someone")) {
      HttpResponse<String> answer = mine.bare("GET", "auth/sessions?" + query, "");
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("auth.session.list.all");
    }
  }

  @Test
  void listWhenAllAreAskedForWithPermissionThenOthersToo() {
    ConsoleBrowser other = signedIn(viewer);

    assertThat(ids(admin.get("auth/sessions?all=true&limit=200").json())).contains(other.session());
    assertThat(ids(admin.get("auth/sessions?actor=" + actor(other)).json()))
        .containsExactly(other.session());
  }

  private static String actor(ConsoleBrowser browser) {
    return json(browser.me()).get("id").asString();
  }

  @Test
  void listWhenPagedThenEverySessionOnceLatestFirst() {
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      started.addFirst(signedIn(viewer).session());
    }
    Rest mine = admin.with(viewer);

    List<String> seen = new ArrayList<>();
    String after = "";
    do {
      Rest.Answer page = mine.get("auth/sessions?limit=2" + after);
      assertThat(page.at("/total")).isEqualTo("5");
      seen.addAll(ids(page.json()));
      after = "&after=" + page.at("/next");
    } while (!after.equals("&after="));

    assertThat(seen).isEqualTo(started);
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "all=yes", "after=x"})
  void listWhenParameterIsWrongThenNamed(String query) {
    Rest.Answer answer = admin.get("auth/sessions?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(query.split("=")[0]);
  }

  @Test
  void listWhenNobodyIsSignedInThenRefused() {
    assertThat(Rest.anonymous(server).get("auth/sessions").status()).isEqualTo(401);
    assertThat(Rest.anonymous(server).delete("auth/sessions?except=current").status())
        .isEqualTo(401);
  }

  @Test
  void endWhenOwnThenItsBrowserIsOut() {
    ConsoleBrowser here = signedIn(viewer);
    ConsoleBrowser there = signedIn(viewer);

    HttpResponse<String> answer = here.rest("DELETE", "auth/sessions/" + there.session(), "");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(there.isSignedIn()).isFalse();
    assertThat(there.me().body()).contains("\"code\":\"console-session-ended\"");
    assertThat(here.isSignedIn()).isTrue();
    assertThat(ids(json(here.get("/api/v1/auth/sessions")))).containsExactly(here.session());
  }

  @Test
  void endWhenDoneTwiceThenTheSameAnswer() {
    ConsoleBrowser here = signedIn(viewer);
    String path = "auth/sessions/" + signedIn(viewer).session();

    assertThat(here.rest("DELETE", path, "").statusCode()).isEqualTo(204);
    assertThat(here.rest("DELETE", path, "").statusCode()).isEqualTo(204);
  }

  @Test
  void endWhenAnothersIsOutOfSightThenAbsent() {
    ConsoleBrowser mine = signedIn(viewer);
    ConsoleBrowser other = signedIn(server.adminKey());

    HttpResponse<String> answer = mine.rest("DELETE", "auth/sessions/" + other.session(), "");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(other.isSignedIn()).isTrue();
  }

  @Test
  void endWhenAnothersWithPermissionThenEndedAndAudited() {
    ConsoleBrowser other = signedIn(viewer);
    String id = other.session();

    assertThat(admin.delete("auth/sessions/" + id).status()).isEqualTo(204);

    assertThat(other.isSignedIn()).isFalse();
    Rest.Answer audit =
        admin.get("audit?event=console_session.ended&resource=" + id.substring(0, 12));
    assertThat(audit.at("/items/0/details/reason")).isEqualTo("ended");
  }

  @Test
  void endWhenUnknownThenAbsent() {
    assertThat(admin.delete("auth/sessions/ses-doesnotexist0000").status()).isEqualTo(404);
  }

  @Test
  void endOthersThenOnlyThisOneStays() {
    ConsoleBrowser here = signedIn(viewer);
    ConsoleBrowser there = signedIn(viewer);
    ConsoleBrowser elsewhere = signedIn(viewer);
    ConsoleBrowser anothers = signedIn(server.adminKey());

    HttpResponse<String> answer = here.rest("DELETE", "auth/sessions?except=current", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"ended\":2}");
    assertThat(List.of(there.isSignedIn(), elsewhere.isSignedIn())).containsOnly(false);
    assertThat(List.of(here.isSignedIn(), anothers.isSignedIn())).containsOnly(true);
  }

  @Test
  void endOthersWhenByKeyThenAllThatItStarted() {
    ConsoleBrowser browser = signedIn(viewer);

    assertThat(admin.with(viewer).delete("auth/sessions?except=current").at("/ended"))
        .isEqualTo("1");

    assertThat(browser.isSignedIn()).isFalse();
  }

  @Test
  void endOthersWhenNotSaidWhichThenRefused() {
    ConsoleBrowser browser = signedIn(viewer);

    assertThat(admin.with(viewer).delete("auth/sessions").status()).isEqualTo(400);

    assertThat(browser.isSignedIn()).isTrue();
  }
}
