package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the audit can be asked for.
@ExtendWith(RunningServer.Extension.class)
class AuditQueryIT {
  private Rest rest;
  private String app;
  private String id;

  @BeforeEach
  void makeAndChangeAnApp(RunningServer server) {
    rest = Rest.admin(server);
    app = Unique.name("app");
    Map<String, Object> input = Map.of("name", app, "uri", "https://app.example/");
    id = rest.post("apps", input).at("/id");
    rest.change("apps/" + id, input, Map.of("description", "new"));
  }

  private List<String> events(String query) {
    return rest.get("audit?" + query).json().get("items").findValuesAsString("event");
  }

  @Test
  void listWhenSeveralEventsThenEither() {
    assertThat(events("resource=" + app + "&event=app.created&event=app.deleted"))
        .containsExactly("app.created");
    assertThat(events("resource=" + app + "&event=app.created&event=app.changed"))
        .containsExactly("app.changed", "app.created");
  }

  @Test
  void listWhenCategoryAndOutcomeThenBothMustFit() {
    assertThat(events("resource=" + app + "&category=config&outcome=success")).hasSize(2);
    assertThat(events("resource=" + app + "&category=auth&category=data")).isEmpty();
    assertThat(events("resource=" + app + "&outcome=denied&outcome=failure")).isEmpty();
  }

  @Test
  void listWhenResourceIsAnIdThenTheSame() {
    assertThat(events("resource=" + id)).containsExactly("app.changed", "app.created");
  }

  @Test
  void listWhenRequestIsNamedThenOnlyItsRows() {
    Rest.Answer both = rest.get("audit?resource=" + app);
    String request = both.at("/items/1/requestId");
    assertThat(events("requestId=" + request)).containsExactly("app.created");
  }

  @Test
  void listWhenAddressIsNamedThenOnlyFromThere() {
    String address = rest.get("audit?resource=" + app).at("/items/0/address");
    assertThat(events("resource=" + app + "&address=" + address)).hasSize(2);
    assertThat(events("resource=" + app + "&address=192.0.2.99")).isEmpty();
  }

  @Test
  void listWhenTimeIsNamedThenFromIsInAndToIsOut() {
    Rest.Answer both = rest.get("audit?resource=" + app);
    String changed = both.at("/items/0/at");
    assertThat(events("resource=" + app + "&from=" + changed)).containsExactly("app.changed");
    assertThat(events("resource=" + app + "&to=" + changed)).containsExactly("app.created");
  }

  @Test
  void rowWhenAboutAnAppThenNamesIt() {
    assertThat(rest.get("audit?resource=" + app).at("/items/0/appId")).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({
    "category=approval,category",
    "event=nothing.happened,event",
    "outcome=perhaps,outcome",
    "from=yesterday,from",
    "from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z,to",
    "limit=0,limit",
    "limit=201,limit",
    "limit=x,limit",
    "after=nonsense,after",
    "actor=a%00b,actor"
  })
  void listWhenWrongThenNamesTheField(String query, String field) {
    Rest.Answer answer = rest.get("audit?" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(field);
  }

  @Test
  void savedFilterWhenKeptThenOnlyItsOwnerHasIt() {
    Rest auditor = rest.holding("r-auditor");
    String name = Unique.name("denials");
    Rest.Answer saved =
        auditor.post(
            "audit/saved-filters", Map.of("name", name, "query", "outcome=denied&noise=1"));
    assertThat(saved.status()).isEqualTo(201);
    assertThat(saved.at("/query")).isEqualTo("outcome=denied");

    assertThat(auditor.get("audit/saved-filters").at("/items/0/name")).isEqualTo(name);
    assertThat(rest.get("audit/saved-filters").text()).doesNotContain(name);
    assertThat(rest.delete("audit/saved-filters/" + saved.at("/id")).status()).isEqualTo(404);
    assertThat(auditor.delete("audit/saved-filters/" + saved.at("/id")).status()).isEqualTo(204);
    assertThat(auditor.get("audit/saved-filters").at("/total")).isEqualTo("0");
  }

  @Test
  void savedFilterWhenSavedAgainThenReplaced() {
    Rest auditor = rest.holding("r-auditor");
    auditor.post("audit/saved-filters", Map.of("name", "mine", "query", "outcome=denied"));
    auditor.post("audit/saved-filters", Map.of("name", "mine", "query", "category=auth"));
    Rest.Answer own = auditor.get("audit/saved-filters");
    assertThat(own.at("/total")).isEqualTo("1");
    assertThat(own.at("/items/0/query")).isEqualTo("category=auth");
  }

  @ParameterizedTest
  @CsvSource({"'',outcome=denied,name", "x,outcome=perhaps,outcome", "x,actor=%zz,query"})
  void savedFilterWhenWrongThenNamesTheField(String name, String query, String field) {
    Rest.Answer answer = rest.post("audit/saved-filters", Map.of("name", name, "query", query));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(field);
  }
}
