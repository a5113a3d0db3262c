package dev.sallyport.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.SiteBrowser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whatever ends, the cookie at the app's host is worth nothing from then on, and its streams are
/// cut.
class SiteEndIT extends LaunchFixture {
  private void assertOut() {
    Await.until("nobody is signed in", () -> site.open("/").status() == 303);
    SiteBrowser.Answer page = site.open("/");
    assertThat(page.location()).startsWith(server.base() + "/launch/" + name + "?challenge=");
    assertThat(site.fetch("/data").status()).isEqualTo(401);
  }

  private RawCall stream() throws IOException {
    streams = true;
    RawCall call = RawCall.to(server);
    call.send(
        "GET /stream HTTP/1.1\r\nHost: %s\r\nCookie: %s=%s\r\n\r\n"
            .formatted(origin.substring(7), COOKIE, site.cookies().get(COOKIE)));
    assertThat(call.readUntil("hello")).contains("HTTP/1.1 200");
    return call;
  }

  @Test
  void adminEndsTheAppSessionThenTheSameSignInIsRefusedAndANewOneEnters() throws IOException {
    enter();
    try (RawCall stream = stream()) {
      assertThat(rest.delete("app-sessions/" + sessions("live").getFirst()).status())
          .isEqualTo(200);
      assertThat(stream.readToEnd()).as("the rest").doesNotContain("0\r\n\r\n");
    }
    streams = false;
    assertOut();

    String back = throughConsole(site.open("/"));
    String refused = site.open(path(back)).location();
    assertThat(refused).isEqualTo(server.base() + "/launch/" + name + "?reason=token-blocked");
    assertThat(console.get(refused).body()).contains("token-blocked", "your administrator");

    enter();
    assertThat(sessions("live")).hasSize(1);
  }

  @Test
  void personSignsOutAtTheConsoleThenTheAppSessionEndsWithoutABlock() throws IOException {
    enter();
    try (RawCall stream = stream()) {
      console.post("/auth/logout", "");
      stream.readToEnd();
    }
    streams = false;
    assertOut();
    assertThat(ended().at("/endedReason")).isEqualTo("signed-out");

    enter();
  }

  @Test
  void personSignsInAgainThenTheOldCookieIsOver() {
    enter();

    signIn();

    assertOut();
    comeIn();
  }

  @Test
  void adminEndsTheConsoleSessionThenTheAppSessionEnds() {
    enter();
    String id =
        rest.get("auth/sessions?all=true&limit=200")
            .json()
            .get("items")
            .valueStream()
            .filter(s -> s.at("/provider/issuer").asString("").equals(idp.issuer()))
            .findFirst()
            .orElseThrow()
            .get("id")
            .asString();

    assertThat(rest.delete("auth/sessions/" + id).status()).isBetween(200, 204);

    assertOut();
  }

  @Test
  void personIsDeactivatedThenOutUntilReactivated() {
    enter();
    String user = user();

    assertThat(rest.post("auth/users/" + user + "/deactivate", "").status()).isBetween(200, 204);

    assertOut();
    assertThat(ended().at("/endedReason")).isIn("signed-out", "deactivated");
    rest.post("auth/users/" + user + "/reactivate", "");
    enter();
  }

  private String user() {
    return rest.get("auth/users?text=ann@corp.example&limit=200")
        .json()
        .get("items")
        .valueStream()
        .filter(user -> user.get("issuer").asString().equals(idp.issuer()))
        .findFirst()
        .orElseThrow()
        .get("id")
        .asString();
  }

  @Test
  void rulesChangeThenThePersonIsOutAndComesInAgainWhenTheyAllowIt() throws IOException {
    enter();
    try (RawCall stream = stream()) {
      changeConfig(Map.of("allow", List.of(Map.of("claim", "groups", "anyOf", List.of("ops")))));
      stream.readToEnd();
    }
    streams = false;
    assertOut();

    changeConfig(Map.of());

    assertThat(site.open("/").body()).isEqualTo("hello");
  }

  @Test
  void appChangesThenTheCookieIsLookedAtAnewAndGoesOn() {
    enter();

    changeApp(Map.of("description", "changed"));

    assertThat(site.open("/").body()).isEqualTo("hello");
    assertThat(sessions("live")).hasSize(1);
  }

  @Test
  void addressGoesAwayThenNobodyListensThere() {
    enter();

    changeApp(Map.of("publicAddress", origin.replace(name, name + "-moved")));

    Await.until("the host is none's", () -> site.open("/").code().equals("host-not-allowed"));
  }

  @Test
  void cookieWhenItsSignatureIsWrongThenNobodys() {
    enter();
    String good = site.cookies().get(COOKIE);
    for (String bad : List.of(good + "A", good.replace("v1.", "v2."), "x", "v1.app-x.y.z")) {
      site.cookies().put(COOKIE, bad);
      assertThat(site.fetch("/").status()).as(bad).isEqualTo(401);
    }
  }

  @Test
  void consoleCookieIsNoneOfTheApps() {
    enter();
    site.cookies().put(COOKIE, console.cookies().get("sallyport_session"));

    assertThat(site.fetch("/").status()).isEqualTo(401);
  }

  private Rest.Answer ended() {
    return rest.get("app-sessions/" + sessions("ended").getFirst());
  }
}
