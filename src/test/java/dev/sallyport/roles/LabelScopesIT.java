package dev.sallyport.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A holder of permissions within a label scope: sees and changes what lies inside, and outside is
/// nothing.
@ExtendWith(RunningServer.Extension.class)
class LabelScopesIT {
  private static final String NOWHERE = "mcp+http://127.0.0.1:9/mcp";

  private Entrance inside;
  private Entrance outside;
  private Rest operator;

  @BeforeEach
  void prepare(RunningServer server) {
    inside = Entrance.to(server, NOWHERE);
    outside = Entrance.to(server, NOWHERE);
    operator = holder("r-operator");
  }

  private Rest holder(String role) {
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("name", Unique.name("scoped"));
    key.put("role", role);
    key.put("scope", Map.of("test", List.of(inside.name())));
    Rest.Answer made = inside.rest().post("auth/keys", key);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return inside.rest().with(new Secret(made.at("/key")));
  }

  private static String open(Entrance entrance, TestToken token) {
    Rest.Answer answer = open(entrance.rest(), entrance, token);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.at("/id");
  }

  private static Rest.Answer open(Rest caller, Entrance entrance, TestToken token) {
    return caller.post(
        "app-sessions",
        Map.of("app", entrance.name(), "jwt", token.signed(), "remoteAddress", "192.0.2.1"));
  }

  private static List<String> names(Rest.Answer list) {
    return list.json().get("items").findValuesAsString("name");
  }

  @Test
  void appsThenOnlyThoseInsideAndTheTotalSaysNoMore() {
    Rest.Answer list = operator.get("apps");

    assertThat(names(list)).contains(inside.name()).doesNotContain(outside.name());
    assertThat(list.json().get("total").asInt()).isEqualTo(1);
    assertThat(operator.get(inside.appPath()).status()).isEqualTo(200);
    assertThat(operator.get(outside.appPath()).status()).isEqualTo(404);
  }

  @Test
  void changeOfAppWhenInsideThenDoneAndOutsideThereIsNone() {
    Map<String, Object> app = app(inside.name(), Map.of("test", inside.name()));
    String tag = operator.get(inside.appPath()).etag();

    assertThat(operator.put(inside.appPath(), tag, app).status()).isEqualTo(200);
    assertThat(operator.put(outside.appPath(), "\"0\"", app).status()).isEqualTo(404);
    assertThat(operator.delete(outside.appPath(), "\"0\"").status()).isEqualTo(404);
  }

  private static Map<String, Object> app(String name, Map<String, String> labels) {
    return Map.of("name", name, "uri", NOWHERE, "labels", labels);
  }

  @Test
  void changeOfAppWhenItWouldLeaveTheScopeThenForbidden() {
    String tag = operator.get(inside.appPath()).etag();

    Rest.Answer moved =
        operator.put(inside.appPath(), tag, app(inside.name(), Map.of("test", outside.name())));
    Rest.Answer stripped = operator.put(inside.appPath(), tag, app(inside.name(), Map.of()));

    assertThat(moved.status()).isEqualTo(403);
    assertThat(stripped.status()).isEqualTo(403);
    assertThat(inside.rest().get(inside.appPath()).at("/labels/test")).isEqualTo(inside.name());
  }

  @Test
  void newAppWhenItsLabelsAreTheScopesThenMadeElseForbidden() {
    String name = Unique.name("new");

    assertThat(operator.post("apps", app(name, Map.of("test", outside.name()))).status())
        .isEqualTo(403);
    assertThat(operator.post("apps", app(name, Map.of("test", inside.name()))).status())
        .isEqualTo(201);
  }

  @Test
  void verbThatTheRoleLacksWhenInsideThenForbiddenAndOutsideAbsent() {
    Rest viewer = holder("r-viewer");

    assertThat(viewer.delete(inside.appPath(), "\"0\"").status()).isEqualTo(403);
    assertThat(viewer.get(outside.appPath()).status()).isEqualTo(404);
  }

  private Rest.Answer config(List<String> values) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", Unique.name("config"));
    config.put("appLabels", Map.of("test", values));
    config.put("jwt", Map.of("issuer", inside.issuer().iss(), "audience", "another"));
    return operator.post("app-auth-configs", config);
  }

  @Test
  void configWhenItsSelectorIsTheScopesOwnThenMade() {
    assertThat(config(List.of(inside.name())).status()).isEqualTo(201);
  }

  @Test
  void configWhenItCouldOpenOtherAppsThenTheFieldIsNamed() {
    assertThat(config(List.of("*")).fields()).containsExactly("appLabels");
    assertThat(config(List.of(inside.name(), outside.name())).fields())
        .containsExactly("appLabels");
  }

  @Test
  void configsThenOnlyThoseInside() {
    assertThat(names(operator.get("app-auth-configs")))
        .contains(inside.name())
        .doesNotContain(outside.name());
    assertThat(operator.get(inside.configPath()).status()).isEqualTo(200);
    assertThat(operator.get(outside.configPath()).status()).isEqualTo(404);
  }

  @Test
  void issuerWhenNewThenNeedsThePermissionEverywhere(RunningServer server) {
    Entrance other = Entrance.to(server, NOWHERE);
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", Unique.name("config"));
    config.put("appLabels", Map.of("test", List.of(inside.name())));
    config.put(
        "jwt", Map.of("issuer", Unique.name("https://new"), "staticJwks", other.issuer().jwks()));

    assertThat(operator.post("app-auth-configs", config).status()).isEqualTo(403);
    assertThat(operator.get("issuers").status()).isEqualTo(403);
  }

  @Test
  void sessionsThenOnlyThoseOfAppsInside() {
    String mine = open(inside, inside.token());
    String other = open(outside, outside.token());

    Rest.Answer list = operator.get("app-sessions");

    assertThat(list.json().get("items").findValuesAsString("id"))
        .contains(mine)
        .doesNotContain(other);
    assertThat(list.json().get("total").asInt()).isEqualTo(1);
    assertThat(operator.get("app-sessions/" + mine).status()).isEqualTo(200);
    assertThat(operator.get("app-sessions/" + other).status()).isEqualTo(404);
  }

  @Test
  void endWhenOutsideThenAbsentAndTheSessionLivesOn() {
    String mine = open(inside, inside.token());
    String other = open(outside, outside.token());

    assertThat(operator.delete("app-sessions/" + other).status()).isEqualTo(404);
    assertThat(operator.delete("app-sessions/" + mine).status()).isEqualTo(200);

    assertThat(outside.sessions("live")).containsExactly(other);
    assertThat(inside.sessions("live")).isEmpty();
  }

  @Test
  void auditWhenABlockIsOfAnAppInsideThenShown() {
    blockAt(inside);
    blockAt(outside);

    Rest.Answer seen = holder("r-auditor").get("audit?event=block.created");

    assertThat(seen.status()).as(seen.text()).isEqualTo(200);
    assertThat(seen.json().get("items").findValuesAsString("app")).containsExactly(inside.name());
  }

  private static void blockAt(Entrance entrance) {
    Rest.Answer made =
        entrance
            .rest()
            .post(
                "blocks",
                Map.of(
                    "issuer", entrance.issuer().iss(),
                    "subject", Unique.name("sub"),
                    "app", entrance.name()));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
  }

  @Test
  void endManyWhenFilterMatchesBothThenOnlyThoseInsideEnd() {
    Rest admin = holder("r-admin");
    TestToken token = inside.token();
    open(inside, token);
    open(outside, outside.token());

    Rest.Answer ended = admin.delete("app-sessions?client=agent");

    assertThat(ended.status()).as(ended.text()).isEqualTo(200);
    assertThat(ended.json().get("ended").asInt()).isEqualTo(1);
    assertThat(outside.sessions("live")).hasSize(1);
  }

  @Test
  void proxyWhenAppIsOutsideThenThereIsNoSuchApp() {
    Rest proxy = holder("r-agent");

    assertThat(open(proxy, inside, inside.token()).status()).isEqualTo(201);
    assertThat(open(proxy, outside, outside.token()).code()).isEqualTo("app-not-found");
    String hash = "0".repeat(64);
    assertThat(proxy.get("app-sessions/lookup?app=" + outside.name() + "&tokenHash=" + hash).code())
        .isEqualTo("app-not-found");
  }

  @Test
  void whatIsNoMatterOfAppsThenNeedsThePermissionEverywhere() {
    Rest admin = holder("r-admin");

    for (String path : List.of("auth/keys", "auth/roles", "auth/users", "issuers")) {
      assertThat(admin.get(path).status()).as(path).isEqualTo(403);
    }
  }
}
