package dev.sallyport.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.persistence.Cursor;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `/apps` from outside.
@ExtendWith(RunningServer.Extension.class)
class AppsResourceIT {
  private final String name = Unique.name("app");
  private Rest rest;

  @BeforeEach
  void admin(RunningServer server) {
    rest = Rest.admin(server);
  }

  private Map<String, Object> input() {
    return Map.of("name", name, "uri", "mcp+https://mcp.example/mcp", "labels", Map.of("a", "b"));
  }

  @Test
  void createWhenValidThenWholeAppComesBack(RunningServer server) {
    Rest.Answer made = rest.post("apps", input());

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.headers().firstValue("Location").orElseThrow())
        .endsWith("/api/v1/apps/" + made.at("/id"));
    assertThat(made.shape().replace(name, "NAME").replace(server.base(), "BASE"))
        .isEqualToIgnoringWhitespace(
            """
            {
              "id" : "app_ID",
              "name" : "NAME",
              "description" : "",
              "uri" : "mcp+https://mcp.example/mcp",
              "kind" : "mcp",
              "url" : "BASE/mcp/apps/NAME",
              "labels" : { "a" : "b", "sallyport.internal/app-kind" : "mcp" },
              "upstreams" : [
                {
                  "id" : "up_ID",
                  "name" : "a",
                  "url" : "https://mcp.example/mcp",
                  "lease" : null,
                  "health" : null
                }
              ],
              "allowedOrigins" : [ ],
              "upstreamHosts" : [ ],
              "discoverable" : true,
              "publicAddress" : null,
              "traffic" : {
                "affinity" : "none",
                "healthCheck" : "none",
                "maxCallsPerUpstream" : null,
                "maxWaiting" : 100
              },
              "revision" : 0,
              "createdAt" : "TIME",
              "updatedAt" : "TIME"
            }
            """);
    Rest.Answer read = rest.get("apps/" + made.at("/id"));
    assertThat(read.text().replaceAll("\"health\":(null|\\{[^}]*})", "\"health\":null"))
        .isEqualTo(made.text());
  }

  @Test
  void createWhenManyFieldsAreWrongThenEachIsNamed() {
    Rest.Answer refused =
        rest.post(
            "apps",
            """
            {"name":"Not A Name","uri":"http://h.example/","labels":{"sallyport.internal/x":"y"},
             "allowedOrigins":["https://a.example/path"],
             "upstreams":[{"name":"a","url":"http://other.example/"},{"name":"a","url":"ftp://x"}]}
            """);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("invalid");
    assertThat(refused.fields())
        .containsExactlyInAnyOrder(
            "name",
            "labels.sallyport.internal/x",
            "allowedOrigins[0]",
            "upstreams[0].url",
            "upstreams[1].name",
            "upstreams[1].url");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":"x","uri":"http://h.example/","colour":"red"} | invalid      | colour
          {"name":"x","uri":"http://h.example/","labels":[]}    | invalid      | labels
          {"name":"x","uri":"ssh://h.example/"}                 | invalid      | uri
          {"name":"x"}                                          | invalid      | uri
          {"name":                                              | invalid-json |
          []                                                    | invalid-json |
          null                                                  | invalid-json |
          """)
  void createWhenBodyIsWrongThenRefused(String body, String code, String field) {
    Rest.Answer refused = rest.post("apps", body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.fields()).isEqualTo(field == null ? List.of() : List.of(field));
  }

  @Test
  void createWhenNameIsTakenThenConflict() {
    rest.post("apps", input());

    Rest.Answer refused = rest.post("apps", input());

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("name-taken");
  }

  @Test
  void createWhenPublicAddressIsGivenThenStoredAsBrowsersWriteIt() {
    Rest.Answer made =
        rest.post("apps", browserApp(name, "https://" + name + ".Apps.example:443/"));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.at("/publicAddress")).isEqualTo("https://" + name + ".apps.example");
  }

  @Test
  void createWhenHostIsTakenOnAnotherPortThenConflict() {
    String host = name + ".apps.example";
    rest.post("apps", browserApp(name, "https://" + host));

    Rest.Answer refused = rest.post("apps", browserApp(name + "b", "https://" + host + ":9443"));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("name-taken");
  }

  private static Map<String, Object> browserApp(String name, String address) {
    return Map.of("name", name, "uri", "https://wiki.example/", "publicAddress", address);
  }

  @Test
  void createWhenEightComeAtOnceThenOneIsMade() throws Exception {
    List<Callable<Rest.Answer>> calls =
        Stream.<Callable<Rest.Answer>>generate(() -> () -> rest.post("apps", input()))
            .limit(8)
            .toList();

    try (var threads = Executors.newFixedThreadPool(8)) {
      var codes = threads.invokeAll(calls).stream().map(f -> f.resultNow().status()).toList();
      assertThat(codes).containsExactlyInAnyOrder(201, 409, 409, 409, 409, 409, 409, 409);
    }
  }

  @Test
  void updateWhenRevisionIsCurrentThenChanged() {
    String path = "apps/" + rest.post("apps", input()).at("/id");
    Rest.Answer before = rest.get(path);

    Rest.Answer changed = rest.change(path, input(), Map.of("description", "new"));

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.at("/description")).isEqualTo("new");
    assertThat(changed.at("/upstreams/0/id")).isEqualTo(before.at("/upstreams/0/id"));
    assertThat(changed.etag()).isNotEqualTo(before.etag());
  }

  @Test
  void updateWhenRevisionIsOldThenRefused() {
    String path = "apps/" + rest.post("apps", input()).at("/id");
    String old = rest.get(path).etag();
    rest.put(path, old, input());

    assertThat(rest.put(path, old, input()).code()).isEqualTo("revision-differs");
    assertThat(rest.put(path, old, input()).status()).isEqualTo(412);
    assertThat(rest.put(path, "\"abc\"", input()).status()).isEqualTo(412);
    assertThat(rest.delete(path, old).status()).isEqualTo(412);
  }

  @Test
  void changeWhenRevisionIsMissingThenRefused() {
    String path = "apps/" + rest.post("apps", input()).at("/id");

    assertThat(rest.delete(path).status()).isEqualTo(428);
    assertThat(rest.delete(path).code()).isEqualTo("revision-missing");
  }

  @Test
  void deleteWhenRevisionIsCurrentThenGone() {
    String path = "apps/" + rest.post("apps", input()).at("/id");

    assertThat(rest.delete(path, rest.get(path).etag()).status()).isEqualTo(204);
    assertThat(rest.get(path).status()).isEqualTo(404);
  }

  @Test
  void listWhenAppsAreThereThenAPage() {
    rest.post("apps", input());

    Rest.Answer list = rest.get("apps");

    assertThat(list.json().get("items").valueStream().map(app -> app.get("name").asString()))
        .contains(name)
        .isSorted();
    assertThat(list.json().get("next").isNull()).isTrue();
    assertThat(list.json().get("total").asInt()).isEqualTo(list.json().get("items").size());
  }

  @Test
  void listWhenLimitedThenNextLeadsOnInTheOrderOfNames() {
    Stream.of("c", "a", "b").forEach(end -> assertThat(make(name + end)).isEqualTo(201));

    Rest.Answer first = rest.get("apps?limit=2&after=" + Cursor.of(name).encode());
    Rest.Answer second = rest.get("apps?limit=1&after=" + first.at("/next"));

    assertThat(first.at("/items/0/name")).isEqualTo(name + "a");
    assertThat(first.at("/items/1/name")).isEqualTo(name + "b");
    assertThat(second.at("/items/0/name")).isEqualTo(name + "c");
    assertThat(first.json().get("total").asInt()).isGreaterThanOrEqualTo(3);
  }

  private int make(String other) {
    Map<String, Object> input = new HashMap<>(input());
    input.put("name", other);
    return rest.post("apps", input).status();
  }

  @Test
  void listWhenLimitOrCursorIsWrongThenNamed() {
    assertThat(rest.get("apps?limit=1001").fields()).containsExactly("limit");
    assertThat(rest.get("apps?after=xyz").fields()).containsExactly("after");
  }
}
