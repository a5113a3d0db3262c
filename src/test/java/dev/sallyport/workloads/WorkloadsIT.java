package dev.sallyport.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Rules for workloads, and whom they let in.
@ExtendWith(RunningServer.Extension.class)
class WorkloadsIT extends WorkloadFixture {
  @Test
  void callWhenItsRoleWasWidenedToEverythingThenRefused() {
    String role = Unique.name("role");
    Map<String, Object> narrow = Map.of("name", role, "permissions", List.of("app.read"));
    Rest.Answer made = admin.post("auth/roles", narrow);
    Map<String, Object> rule = input();
    rule.put("role", made.at("/id"));
    made(rule);
    assertThat(call(token().signed()).statusCode()).isEqualTo(200);

    List<String> all = admin.get("auth/permissions").json().get("items").findValuesAsString("name");
    String path = "auth/roles/" + made.at("/id");
    Rest.Answer widened = admin.change(path, narrow, Map.of("permissions", all));
    assertThat(widened.status()).as(widened.text()).isEqualTo(200);

    assertRefused(token(), "workload-unknown");
  }

  @Test
  void callWhenARuleMatchesThenItsActor() {
    String id = made(input()).at("/id");

    HttpResponse<String> me = call(token().signed());

    assertThat(me.statusCode()).isEqualTo(200);
    assertThat(me.body())
        .contains("\"kind\":\"workload\"", "\"id\":\"" + id + "\"")
        .contains("\"name\":\"" + name + ":" + SUBJECT + "\"");
    String apps = server.base() + "/api/v1/apps";
    assertThat(client.get(apps, token().signed()).statusCode()).isEqualTo(200);
    assertThat(client.post(apps, token().signed(), "{}", "Content-Type", "application/json"))
        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(403));
    assertThat(admin.get("auth/workloads/" + id).at("/lastUsedAt")).isNotEmpty();
  }

  @Test
  void callWhenTheTokenIsOfNoRuleThenRefused() {
    made(input());

    assertRefused(token().with("sub", "repo:evil/web:ref:refs/heads/main"), "workload-unknown");
    assertRefused(token().with("aud", "something else"), "workload-unknown");
    assertRefused(token().with("iss", "https://stranger.test"), "workload-unknown");
  }

  @Test
  void callWhenTheTokenIsBadThenRefusedWithTheReason() {
    made(input());
    long now = Instant.now().getEpochSecond();

    assertRefused(token().with("exp", now - 120), "token-expired");
    assertRefused(token().with("iat", now - 16 * 60), "token-too-old");
    assertRefused(token().without("iat"), "token-iat-missing");
    assertRefused(token().without("exp"), "token-exp-missing");
    assertRefused(token().with("nbf", now + 300), "token-not-yet-valid");
    assertRefused(token().with("nonce", "n"), "token-type");
    assertRefused(token().header("typ", "logout+jwt"), "token-type");
    assertRefused(token().with("cnf", Map.of("jkt", "x")), "token-sender-constrained");
    assertRefused(token().header("kid", "k2"), "token-key-unknown");
    assertThat(call(token().signedBy("P-256/" + name)).body()).contains("token-signature");
    assertThat(call(token().with("iat", now - 14 * 60).signed()).statusCode()).isEqualTo(200);
  }

  @Test
  void callWhenTwoRulesMatchThenTheMoreDemandingOne() {
    made(input());
    Map<String, Object> narrower = input();
    narrower.put("name", name + "-2");
    narrower.put("role", "r-auditor");
    narrower.put("conditions", List.of(condition("sub", "repo:acme/*"), condition("azp", "agent")));
    String id = made(narrower).at("/id");

    assertThat(call(token().signed()).body()).contains("\"id\":\"" + id + "\"");
  }

  @Test
  void callWhenTwoRulesMatchEquallyThenRefused() {
    made(input());
    Map<String, Object> other = input();
    other.put("name", name + "-2");
    other.put("conditions", List.of(condition("azp", "agent")));
    made(other);

    assertRefused(token(), "workload-ambiguous");
  }

  @Test
  void callWhenTheRuleIsDisabledOrDeletedThenRefused() {
    Rest.Answer made = made(input());
    String path = "auth/workloads/" + made.at("/id");
    assertThat(call(token().signed()).statusCode()).isEqualTo(200);

    Rest.Answer disabled = admin.change(path, input(), Map.of("enabled", false));
    assertThat(disabled.at("/state")).isEqualTo("disabled");
    assertRefused(token(), "workload-unknown");

    assertThat(admin.change(path, input(), Map.of("enabled", true)).status()).isEqualTo(200);
    assertThat(call(token().signed()).statusCode()).isEqualTo(200);
    assertThat(admin.delete(path, admin.get(path).etag()).status()).isEqualTo(204);
    assertRefused(token(), "workload-unknown");
  }

  @Test
  void callWhenScopedThenActsThereOnly() {
    Map<String, Object> scoped = input();
    scoped.put("scope", Map.of("env", List.of(name)));
    made(scoped);
    admin.post(
        "apps", Map.of("name", name, "uri", "http://h.example/", "labels", Map.of("env", name)));

    HttpResponse<String> apps = client.get(server.base() + "/api/v1/apps", token().signed());

    assertThat(JSON.readTree(apps.body()).get("items").valueStream())
        .extracting(app -> app.get("name").asString())
        .containsExactly(name);
  }
}
