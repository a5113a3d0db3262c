package dev.sallyport.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rotating and narrowing keys.
@ExtendWith(RunningServer.Extension.class)
class KeyChangesIT {
  private final String name = Unique.name("key");
  private Rest admin;

  @BeforeEach
  void admin(RunningServer server) {
    admin = Rest.admin(server);
  }

  private Rest.Answer made(String role) {
    return admin.post("auth/keys", Map.of("name", name, "role", role));
  }

  private Rest holder(Rest.Answer made) {
    return admin.with(new Secret(made.at("/key")));
  }

  private static String rotation(Rest.Answer made) {
    return "auth/keys/" + made.at("/id") + "/rotate";
  }

  private static Rest.Answer narrow(Rest caller, String id, String body) {
    return caller.send("PATCH", "auth/keys/" + id, BodyPublishers.ofString(body));
  }

  @Test
  void rotateWhenOverlappingThenBothValuesAreTheSameActor() {
    Rest.Answer made = made("r-viewer");

    Rest.Answer rotated = admin.post(rotation(made), Map.of("overlap", "PT1H"));

    assertThat(rotated.status()).isEqualTo(200);
    assertThat(rotated.at("/key")).startsWith("sp_").isNotEqualTo(made.at("/key"));
    assertThat(holder(made).get("auth/me").at("/id")).isEqualTo(made.at("/id"));
    assertThat(holder(rotated).get("auth/me").at("/id")).isEqualTo(made.at("/id"));
    Rest.Answer shown = admin.get("auth/keys/" + made.at("/id"));
    assertThat(shown.at("/state")).isEqualTo("rotating");
    assertThat(Instant.parse(shown.at("/overlapUntil"))).isAfter(Instant.now().plusSeconds(3_000));
    assertThat(shown.text()).doesNotContain(rotated.at("/key"));
  }

  @Test
  void rotateWhenNothingIsSaidThenTheOldValueEndsAtOnce() {
    Rest.Answer made = made("r-viewer");

    Rest.Answer rotated = admin.send("POST", rotation(made), BodyPublishers.ofString("{}"));

    assertThat(holder(made).get("apps").status()).isEqualTo(401);
    assertThat(holder(rotated).get("apps").status()).isEqualTo(200);
  }

  @Test
  void rotateWhenOverlapIsOverThenOnlyTheNewValueWorks() {
    Rest.Answer made = made("r-viewer");

    Rest.Answer rotated = admin.post(rotation(made), Map.of("overlap", "PT2S"));

    Await.until("the old value ends", () -> holder(made).get("apps").status() == 401);
    assertThat(holder(rotated).get("apps").status()).isEqualTo(200);
  }

  @Test
  void rotateWhenDoneAgainThenOlderValuesLiveNoLonger() {
    Rest.Answer made = made("r-viewer");
    Rest.Answer second = admin.post(rotation(made), Map.of("overlap", "PT1H"));

    Rest.Answer third = admin.post(rotation(made), Map.of("overlap", "PT0S"));

    assertThat(holder(made).get("apps").status()).isEqualTo(401);
    assertThat(holder(second).get("apps").status()).isEqualTo(401);
    assertThat(holder(third).get("apps").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "overlap,P7DT1S",
    "overlap,-PT1S",
    "overlap,soon",
    "expiresAt,2020-01-01T00:00:00Z",
    "colour,red"
  })
  void rotateWhenAFieldIsWrongThenNamedAndNothingChanges(String field, String value) {
    Rest.Answer made = made("r-viewer");

    Rest.Answer refused = admin.post(rotation(made), Map.of(field, value));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly(field);
    assertThat(holder(made).get("apps").status()).isEqualTo(200);
  }

  @Test
  void rotateWhenTheKeyHoldsMoreThanTheCallerThenRefused() {
    Rest.Answer strong = made("r-admin");
    Rest commandLine = admin.holding("r-cli");

    Rest.Answer refused = commandLine.post(rotation(strong), "{}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("confers-more");
    assertThat(holder(strong).get("apps").status()).isEqualTo(200);
    Rest.Answer weak = admin.post("auth/keys", Map.of("name", name + "-2", "role", "r-viewer"));
    assertThat(commandLine.post(rotation(weak), "{}").status()).isEqualTo(200);
  }

  @Test
  void rotateWhenAKeyMovesItsOwnEndThenRefused() {
    Rest.Answer made = admin.post("auth/keys", Map.of("name", Unique.name("key"), "role", "r-cli"));
    String later = "2099-01-01T00:00:00Z";

    Rest.Answer refused = holder(made).post(rotation(made), Map.of("expiresAt", later));

    assertThat(refused.fields()).containsExactly("expiresAt");
  }

  @Test
  void rotateWhenExpiredThenRefused() {
    String soon = Instant.now().plusSeconds(1).toString();
    Rest.Answer made =
        admin.post("auth/keys", Map.of("name", name, "role", "r-viewer", "expiresAt", soon));
    Await.until(
        "the key has expired",
        () -> admin.get("auth/keys/" + made.at("/id")).at("/state").equals("expired"));

    Rest.Answer refused =
        admin.post(
            rotation(made), Map.of("expiresAt", Instant.now().plusSeconds(3_600).toString()));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("expiresAt");
  }

  @Test
  void rotateWhenAnotherEndIsWantedThenKeyAndRoleHaveIt() {
    String soon = Instant.now().plusSeconds(600).toString();
    String later = Instant.now().plusSeconds(7_200).truncatedTo(ChronoUnit.SECONDS).toString();
    Rest.Answer made =
        admin.post("auth/keys", Map.of("name", name, "role", "r-viewer", "expiresAt", soon));

    Rest.Answer rotated = admin.post(rotation(made), Map.of("expiresAt", later));

    assertThat(rotated.at("/expiresAt")).isEqualTo(later);
    Rest.Answer given = admin.get("auth/assignments?kind=api-key&actor=" + made.at("/id"));
    assertThat(given.json().get("items").findValuesAsString("expiresAt")).containsExactly(later);
    assertThat(holder(rotated).get("apps").status()).isEqualTo(200);
  }

  @Test
  void narrowWhenTheRoleIsWeakerThenTheSameValueMayDoLess() {
    Rest.Answer made = made("r-operator");
    assertThat(holder(made).post("apps", "{}").status()).isEqualTo(400);

    Rest.Answer narrowed = narrow(admin, made.at("/id"), "{\"role\":\"r-viewer\"}");

    assertThat(narrowed.status()).isEqualTo(200);
    assertThat(narrowed.at("/role")).isEqualTo("r-viewer");
    assertThat(holder(made).post("apps", "{}").status()).isEqualTo(403);
    assertThat(holder(made).get("apps").status()).isEqualTo(200);
  }

  @Test
  void narrowWhenScopedThenThereOnlyAndNoWayBack() {
    Rest.Answer made = made("r-operator");

    Rest.Answer narrowed =
        narrow(admin, made.at("/id"), "{\"scope\":{\"env\":[\"%s\"]}}".formatted(name));

    assertThat(narrowed.at("/scope/env/0")).isEqualTo(name);
    assertThat(holder(made).get("auth/me").text())
        .contains("app.edit")
        .doesNotContain("issuer.read");
    Rest.Answer back = narrow(admin, made.at("/id"), "{\"scope\":{\"team\":[\"a\"]}}");
    assertThat(back.status()).isEqualTo(400);
    assertThat(back.fields()).containsExactly("role");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"role\":\"r-operator\"}", "{\"role\":\"r-admin\"}"})
  void narrowWhenTheRoleHoldsMoreThenRefused(String body) {
    Rest.Answer made = made("r-viewer");

    Rest.Answer refused = narrow(admin, made.at("/id"), body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("role");
    assertThat(admin.get("auth/keys/" + made.at("/id")).at("/role")).isEqualTo("r-viewer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{};role",
        "{\"role\":\"r-none\"};role",
        "{\"scope\":{}};scope",
        "{\"kind\":\"x\"};kind"
      })
  void narrowWhenAFieldIsWrongThenNamed(String body, String field) {
    Rest.Answer refused = narrow(admin, made("r-operator").at("/id"), body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly(field);
  }

  @Test
  void narrowWhenTheKeyHoldsMoreThanTheCallerThenRefused() {
    Rest.Answer strong = made("r-admin");

    Rest.Answer refused =
        narrow(admin.holding("r-cli"), strong.at("/id"), "{\"role\":\"r-viewer\"}");

    assertThat(refused.code()).isEqualTo("confers-more");
  }

  @Test
  void changesWhenMadeThenAudited() {
    Rest.Answer made = made("r-operator");
    String id = made.at("/id");
    admin.post(rotation(made), Map.of("overlap", "PT1H"));
    narrow(admin, id, "{\"role\":\"r-viewer\"}");
    admin.delete("auth/keys/" + id);

    List<String> events =
        admin.get("audit?resource=" + id).json().get("items").findValuesAsString("event");

    assertThat(events)
        .containsExactly(
            "api_key.deleted", "api_key.narrowed", "api_key.rotated", "api_key.created");
  }
}
