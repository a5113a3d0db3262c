package dev.sallyport.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.seal.Chain;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// Exports, and the check of one that needs nothing but the file and the keys.
@ExtendWith(RunningServer.Extension.class)
class AuditExportIT {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;
  private Rest rest;
  private Chain chain;
  private Instant from;
  private String app;

  @BeforeEach
  void makeThreeRows(RunningServer server) throws SQLException {
    rest = Rest.admin(server);
    chain = new Chain(server);
    app = Unique.name("app");
    Map<String, Object> input = Map.of("name", app, "uri", "https://app.example/");
    String path = "apps/" + rest.post("apps", input).at("/id");
    rest.change(path, input, Map.of("description", "one"));
    rest.change(path, input, Map.of("description", "two"));
    Rest.Answer rows = rest.get("audit?resource=" + app);
    from = Instant.parse(rows.at("/items/2/at"));
    chain.awaitSealed(rows.at("/items/0/id"));
  }

  private String time() {
    return "from=" + from + "&to=" + from.plus(Duration.ofDays(1));
  }

  private Rest.Answer export(String query) {
    return rest.get("audit/export?" + time() + query);
  }

  @Test
  void ndjsonWhenFilteredThenOneRowALineInTheOrderOfTime() {
    Rest.Answer file = export("&resource=" + app);
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
        .matches("attachment; filename=\"sallyport-audit-[0-9-]+\\.ndjson\"");
    assertThat(file.text().lines().map(line -> JSON.readTree(line).get("event").asString()))
        .containsExactly("app.created", "app.changed", "app.changed");
  }

  @Test
  void csvWhenFilteredThenAHeadAndOneRowALine() {
    List<String> lines = export("&format=csv&resource=" + app).text().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.getFirst()).startsWith("id,at,category,event,outcome,");
    assertThat(lines.get(1)).contains(",config,app.created,success,", app);
  }

  @Test
  void csvWhenANameIsAFormulaThenHarmless() {
    String name = "=cmd|' /C calc'!" + Unique.name("A");
    rest.post("auth/keys", Map.of("name", name, "role", "r-viewer"));
    assertThat(export("&format=csv&event=api_key.created").text()).contains(",'" + name + ",");
  }

  @Test
  void exportWhenDoneThenAuditedWithItsCount() {
    export("&format=csv&resource=" + app);
    Chain.await("audited", () -> exported().contains("\"count\":\"3\""));
    assertThat(exported()).contains("\"format\":\"csv\"").contains(app);
  }

  private String exported() {
    return rest.get("audit?event=audit.exported&limit=1").text();
  }

  @ParameterizedTest
  @CsvSource({
    "'',from;to",
    "from=2026-01-01T00:00:00Z,to",
    "from=2026-01-01T00:00:00Z&to=2025-01-01T00:00:00Z,to",
    "from=2024-01-01T00:00:00Z&to=2026-01-01T00:00:00Z,to",
    "from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&format=xml,format",
    "from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&category=approval,category",
    "from=soon&to=2026-01-02T00:00:00Z,from",
    "from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&limit=10,limit"
  })
  void exportWhenWrongThenNamesTheFields(String query, String fields) {
    Rest.Answer answer = rest.get("audit/export?" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(fields.split(";"));
  }

  @Test
  void exportWhenOnlyAllowedToReadThenRefused() {
    String path = "audit/export?" + time();
    assertThat(rest.holding("r-viewer").get(path).status()).isEqualTo(403);
    assertThat(rest.holding("r-auditor").get(path).status()).isEqualTo(200);
    assertThat(rest.post("audit/export", "{}").status()).isEqualTo(405);
  }

  // The check, as users run it.

  private int check(UnaryOperator<List<String>> change) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(export("").text().lines().toList());
    Path file = folder.resolve("export.ndjson");
    Files.write(file, change.apply(lines));
    Path keys = Files.writeString(folder.resolve("keys.json"), rest.get("audit/keys").text());
    Process check =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "docs/verify-audit.java",
                file.toString(),
                keys.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    return check.waitFor();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  private static int lineOf(List<String> lines, String text) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i;
      }
    }
    throw new AssertionError("no line has " + text);
  }

  @Test
  void checkWhenUntouchedThenHolds() throws Exception {
    assertThat(check(lines -> lines)).as(said()).isZero();
    assertThat(said()).startsWith("OK: ");
  }

  @Test
  void checkWhenARowIsChangedThenBroken() throws Exception {
    int code =
        check(
            lines -> {
              lines.replaceAll(line -> line.replace("\"" + app + "\"", "\"other\""));
              return lines;
            });
    assertThat(code).isEqualTo(1);
    assertThat(said()).contains("was changed");
  }

  @Test
  void checkWhenARowIsRemovedThenBroken() throws Exception {
    int code =
        check(
            lines -> {
              lines.remove(lineOf(lines, app) + 1);
              return lines;
            });
    assertThat(code).isEqualTo(1);
    assertThat(said()).contains("is missing");
  }

  @Test
  void checkWhenARowIsPutInThenBroken() throws Exception {
    int code =
        check(
            lines -> {
              int at = lineOf(lines, app);
              lines.add(at, lines.get(at).replaceFirst(",\"chain\":.*", "}"));
              return lines;
            });
    assertThat(code).isEqualTo(1);
  }

  @Test
  void checkWhenTheBeginningIsCutOffThenBroken() throws Exception {
    int code =
        check(
            lines -> {
              String hash = lines.get(1).replaceFirst(".*\"hash\":\"([0-9a-f]+)\"}}", "$1");
              String position = lines.get(1).replaceFirst(".*\"position\":(\\d+).*", "$1");
              lines.remove(1);
              lines.set(0, "{\"chain\":{\"start\":" + position + ",\"hash\":\"" + hash + "\"}}");
              return lines;
            });
    assertThat(code).isEqualTo(1);
    assertThat(said()).contains("the beginning is not the one that was signed");
  }

  @Test
  void checkWhenTheEndIsCutOffThenBroken() throws Exception {
    assertThat(check(lines -> lines.subList(0, lines.size() - 1))).isEqualTo(1);
    assertThat(said()).contains("the last line is missing");
  }

  @Test
  void checkWhenTheSignatureIsAnothersThenBroken() throws Exception {
    int code =
        check(
            lines -> {
              String last = lines.getLast();
              int middle = last.lastIndexOf('.') + 10;
              char other = last.charAt(middle) == 'A' ? 'B' : 'A';
              lines.set(
                  lines.size() - 1, last.substring(0, middle) + other + last.substring(middle + 1));
              return lines;
            });
    assertThat(code).isEqualTo(1);
    assertThat(said()).contains("signature");
  }

  @Test
  void ndjsonWhenWholeThenHoldsEveryRowWithItsPlace() {
    List<String> lines = export("").text().lines().toList();
    assertThat(lines.getFirst())
        .matches("\\{\"chain\":\\{\"start\":\\d+,\"hash\":\"[0-9a-f]{64}\"}}");
    assertThat(lines.getLast()).startsWith("{\"export\":\"");
    assertThat(lines.stream().filter(line -> line.contains(app)))
        .hasSize(3)
        .allMatch(line -> line.contains(",\"chain\":{\"position\":"));
  }
}
