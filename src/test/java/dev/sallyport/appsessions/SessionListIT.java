package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The list of sessions: filters, order and pages, all on the server.
@ExtendWith(RunningServer.Extension.class)
class SessionListIT {
  private static final int COUNT = 11;

  private static Entrance entrance;
  private static final List<String> opened = new ArrayList<>();
  private static String ended;
  private static TestToken special;

  @BeforeAll
  static void open(RunningServer server) {
    entrance = Entrance.to(server, "https://app.example/");
    for (int i = 0; i < COUNT; i++) {
      opened.add(open(entrance.token()));
    }
    special = entrance.token().with("azp", "special").with("email", Unique.name("100%_o'hara"));
    opened.add(open(special));
    ended = open(entrance.token());
    entrance.end(ended);
  }

  private static String open(TestToken token) {
    var request =
        Map.of("app", entrance.name(), "jwt", token.signed(), "remoteAddress", "203.0.113.7");
    return entrance.rest().post("app-sessions", request).at("/id");
  }

  private static Rest.Answer list(String query) {
    return entrance.rest().get("app-sessions?app=" + entrance.name() + query);
  }

  private static List<String> ids(Rest.Answer page) {
    return page.json().get("items").findValuesAsString("id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "startedAt",
        "-startedAt",
        "user",
        "-user",
        "app",
        "-app",
        "expiresAt",
        "-expiresAt"
      })
  void listWhenWalkedPageByPageThenNeitherGapsNorDoubles(String sort) {
    List<String> whole = ids(list("&limit=200&sort=" + sort));
    List<String> walked = new ArrayList<>();
    String next = "";
    do {
      Rest.Answer page = list("&limit=5&sort=" + sort + next);
      walked.addAll(ids(page));
      next = page.json().get("next").isNull() ? "" : "&after=" + page.at("/next");
    } while (!next.isEmpty());

    assertThat(whole).containsExactlyInAnyOrderElementsOf(opened);
    assertThat(walked).isEqualTo(whole);
  }

  @Test
  void listWhenNotSortedThenNewestFirst() {
    assertThat(ids(list(""))).isEqualTo(opened.reversed());
  }

  @Test
  void listWhenSortedByUserThenInThatOrder() {
    assertThat(list("&sort=user").json().get("items").findValuesAsString("username")).isSorted();
  }

  @Test
  void listWhenFilteredThenOnlyWhatMatches() {
    assertThat(ids(list("&client=special"))).containsExactly(opened.getLast());
    assertThat(ids(list("&subject=" + special.claim("sub")))).containsExactly(opened.getLast());
    assertThat(ids(list("&user=" + encoded("100%_o'h")))).containsExactly(opened.getLast());
    assertThat(ids(list("&user=" + encoded("100")))).containsExactly(opened.getLast());
    assertThat(ids(list("&user=" + encoded("%")))).isEmpty();
    assertThat(ids(list("&issuer=" + encoded(entrance.issuer().iss())))).hasSize(COUNT + 1);
    assertThat(ids(list("&config=other"))).isEmpty();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void listWhenStateIsAskedForThenThatOne() {
    assertThat(ids(list("&state=ended"))).containsExactly(ended);
    assertThat(list("&state=all").at("/total")).isEqualTo(String.valueOf(COUNT + 2));
  }

  @ParameterizedTest
  @CsvSource({
    "sort=colour,sort",
    "limit=0,limit",
    "limit=201,limit",
    "limit=x,limit",
    "after=%21,after",
    "after=AAAA,after",
    "state=dead,state"
  })
  void listWhenAParameterIsWrongThenNamed(String parameter, String field) {
    Rest.Answer refused = list("&" + parameter);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly(field);
  }

  @Test
  void listWhenCursorIsOfAnotherSortThenRefused() {
    String next = list("&limit=2&sort=user").at("/next");

    assertThat(list("&limit=2&sort=startedAt&after=" + next).status()).isEqualTo(400);
  }
}
