package dev.sallyport.appauth.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.appauth.ui.Impact.AtApp;
import dev.sallyport.appauth.verification.ConfigFacts;
import dev.sallyport.appauth.verification.IssuerFacts;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.Traffic;
import dev.sallyport.jose.KeySource;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImpactTest {
  private static final String ISS = "https://idp.example";
  private static final Map<String, List<String>> TEST_APPS = Map.of("env", List.of("test"));

  private final AppDetails one = app("one", Map.of("env", "test"));
  private final AppDetails two = app("two", Map.of("env", "test", "team", "a"));
  private final AppDetails other = app("other", Map.of("env", "prod"));
  private final List<AppDetails> apps = List.of(one, two, other);

  @Test
  void impactWhenNoOtherConfigThenTheDraftDecidesAlone() {
    Impact impact = Impact.of(draft("corp", TEST_APPS, "aud", 0, false), List.of(), apps);
    assertThat(impact.apps())
        .containsExactly(new AtApp("one", null, null, null), new AtApp("two", null, null, null));
  }

  @Test
  void impactWhenAnotherConfigIsMoreSpecificThenItDecides() {
    ConfigFacts special =
        stored("special", Map.of("env", List.of("test"), "team", List.of("a")), ISS, 0, true);
    Impact impact = Impact.of(draft("corp", TEST_APPS, null, 0, false), List.of(special), apps);
    assertThat(impact.apps())
        .containsExactly(
            new AtApp("one", null, null, null), new AtApp("two", "special", "corp", null));
  }

  @Test
  void impactWhenAnotherConfigWaitsThenItTakesOver() {
    ConfigFacts every = stored("every", Map.of("*", List.of("*")), ISS, 0, true);
    Impact impact = Impact.of(draft("corp", TEST_APPS, null, 0, false), List.of(every), apps);
    assertThat(impact.apps().getFirst()).isEqualTo(new AtApp("one", null, "every", null));
    assertThat(impact.apps().getFirst().sentence()).contains("“every” takes over");
  }

  @Test
  void impactWhenOnlyNamesDecideThenWarnsOfTheTie() {
    ConfigFacts same = stored("aaa", TEST_APPS, ISS, 0, true);
    assertThat(Impact.of(draft("corp", TEST_APPS, null, 0, false), List.of(same), apps).warnings())
        .anyMatch(warning -> warning.startsWith("Tie with “aaa”"));
    assertThat(Impact.of(draft("corp", TEST_APPS, null, 1, false), List.of(same), apps).warnings())
        .noneMatch(warning -> warning.startsWith("Tie"));
  }

  @Test
  void impactWhenTheOtherConfigIsDisabledOrOfAnotherIssuerThenItDoesNotCount() {
    List<ConfigFacts> stored =
        List.of(
            stored("off", TEST_APPS, ISS, 9, false),
            stored("foreign", TEST_APPS, "https://other.example", 9, true));
    Impact impact = Impact.of(draft("corp", TEST_APPS, null, 0, false), stored, apps);
    assertThat(impact.apps()).allMatch(app -> app.decides() == null && app.next() == null);
    assertThat(impact.warnings()).isEmpty();
  }

  @Test
  void impactWhenTheStoredConfigIsTheDraftItselfThenItIsNoRival() {
    ConfigFacts itself = stored("corp", TEST_APPS, ISS, 5, true);
    Draft draft = new Draft("id-corp", "corp", TEST_APPS, ISS, null, 0, true, false);
    Impact impact = Impact.of(draft, List.of(itself), apps);
    assertThat(impact.apps()).allMatch(app -> app.decides() == null && app.next() == null);
  }

  @Test
  void impactWhenAnAudienceOpensSeveralAppsThenWarns() {
    assertThat(Impact.of(draft("corp", TEST_APPS, "aud", 0, false), List.of(), apps).warnings())
        .containsExactly("The audience opens several apps: one token with it enters any of 2.");
    Map<String, List<String>> prod = Map.of("env", List.of("prod"));
    assertThat(Impact.of(draft("corp", prod, "aud", 0, false), List.of(), apps).warnings())
        .isEmpty();
  }

  @Test
  void impactWhenNoRulesThenSaysEveryone() {
    assertThat(Impact.of(draft("corp", TEST_APPS, null, 0, true), List.of(), apps).warnings())
        .containsExactly("No rules: everyone at this issuer may enter all 2 matching apps.");
  }

  @Test
  void impactWhenTheSelectorIsIncompleteThenEmpty() {
    Map<String, List<String>> incomplete = Map.of("env", List.of());
    assertThat(Impact.of(draft("corp", incomplete, "aud", 0, true), List.of(), apps))
        .isEqualTo(new Impact(List.of(), List.of()));
  }

  @Test
  void deletionWhenAnotherTakesOverThenSaysWho() {
    AppDetails lonely = app("lonely", Map.of("env", "test", "x", "y"));
    Map<String, List<String>> both = Map.of("env", List.of("test"));
    ConfigFacts team = stored("team", Map.of("team", List.of("a")), ISS, -1, true);
    Impact impact =
        Impact.of(draft("corp", both, null, 0, false), List.of(team), List.of(two, lonely));
    assertThat(ConfigDeletion.consequences(true, ISS, impact))
        .startsWith(
            "At lonely, tokens of https://idp.example are refused from then on, and open streams"
                + " of its sessions are cut.",
            "At two, “team” takes over.");
    assertThat(ConfigDeletion.consequences(false, ISS, impact)).hasSize(1);
  }

  private static Draft draft(
      String name,
      Map<String, List<String>> selector,
      @Nullable String audience,
      int priority,
      boolean isOpen) {
    return new Draft(null, name, selector, ISS, audience, priority, true, isOpen);
  }

  private static ConfigFacts stored(
      String name, Map<String, List<String>> selector, String iss, int priority, boolean enabled) {
    IssuerFacts issuer =
        new IssuerFacts("i-" + iss, iss, "sub", new KeySource.Url(URI.create(iss + "/jwks")));
    ConfigFacts facts =
        new Draft("id-" + name, name, selector, iss, null, priority, enabled, false).facts(issuer);
    return enabled ? facts : disabled(facts);
  }

  private static ConfigFacts disabled(ConfigFacts c) {
    return new ConfigFacts(
        c.id(),
        c.name(),
        c.issuer(),
        c.audience(),
        c.appLabels(),
        c.usernameClaims(),
        c.algorithms(),
        c.maxTokenAge(),
        c.sessionLifetime(),
        c.idleTimeout(),
        c.allow(),
        c.requiredScopes(),
        c.allowedClients(),
        c.acceptIdTokens(),
        c.viaApps(),
        c.priority(),
        false);
  }

  private static AppDetails app(String name, Map<String, String> labels) {
    return new AppDetails(
        "app_" + name,
        name,
        "",
        "mcp+http://127.0.0.1:1/mcp",
        "mcp",
        "http://localhost:8080/mcp/apps/" + name,
        labels,
        List.of(),
        List.of(),
        List.of(),
        true,
        null,
        Traffic.STANDARD,
        1,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
