package dev.sallyport.appauth.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.apps.LabelSelector;
import dev.sallyport.jose.KeySource;
import dev.sallyport.jose.SigningAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What counts among the reasons to let a token in.
class GroundsTest {
  private static final AppFacts APP =
      new AppFacts("app_1", "wiki", "https://s/apps/wiki", Map.of());

  private record Asks(
      String id,
      String iss,
      String subjectClaim,
      String audience,
      List<String> usernameClaims,
      Set<SigningAlgorithm> algorithms,
      List<AllowRule> allow,
      List<String> scopes,
      List<String> clients,
      boolean idTokens,
      List<String> viaApps) {
    private Asks with(Set<SigningAlgorithm> others) {
      return copy(others, allow);
    }

    private Asks with(List<AllowRule> others) {
      return copy(algorithms, others);
    }

    private Asks copy(Set<SigningAlgorithm> algorithms, List<AllowRule> allow) {
      return new Asks(
          id,
          iss,
          subjectClaim,
          audience,
          usernameClaims,
          algorithms,
          allow,
          scopes,
          clients,
          idTokens,
          viaApps);
    }

    String rules(AppFacts app, int hours) {
      var keys = new KeySource.Url(URI.create("https://i/jwks"));
      return Grounds.rules(
          app,
          new ConfigFacts(
              id,
              "corp",
              new IssuerFacts("iss_1", iss, subjectClaim, keys),
              audience,
              LabelSelector.of(Map.of("*", List.of("*"))),
              usernameClaims,
              algorithms,
              null,
              Duration.ofHours(hours),
              Duration.ofMinutes(10),
              allow,
              scopes,
              clients,
              idTokens,
              viaApps,
              hours,
              true));
    }
  }

  private static Asks asks(int different) {
    return new Asks(
        "aac_" + (different == 0),
        "i" + (different == 1),
        "sub" + (different == 2),
        "aud" + (different == 3),
        List.of("email" + (different == 4)),
        Set.of(different == 5 ? SigningAlgorithm.ES256 : SigningAlgorithm.RS256),
        List.of(AllowRule.of("groups", List.of("eng" + (different == 6)))),
        List.of("read" + (different == 7)),
        List.of("agent" + (different == 8)),
        different == 9,
        List.of("portal" + (different == 10)));
  }

  @Test
  void rulesWhenAnythingThatDecidesDiffersThenDiffer() {
    Set<String> seen = new HashSet<>();
    for (int different = -1; different <= 10; different++) {
      assertThat(seen.add(asks(different).rules(APP, 1))).as("member %s", different).isTrue();
    }
    AppFacts moved = new AppFacts("app_1", "wiki", "https://other/apps/wiki", Map.of());
    assertThat(seen).doesNotContain(asks(-1).rules(moved, 1));
  }

  @Test
  void rulesWhenLifetimeOrPriorityDiffersThenTheSame() {
    assertThat(asks(-1).rules(APP, 2)).isEqualTo(asks(-1).rules(APP, 1));
  }

  @Test
  void rulesWhenASetComesInAnotherOrderThenTheSame() {
    assertThat(algorithms(SigningAlgorithm.ES256, SigningAlgorithm.RS256))
        .isEqualTo(algorithms(SigningAlgorithm.RS256, SigningAlgorithm.ES256));
  }

  private static String algorithms(SigningAlgorithm... order) {
    return asks(-1).with(new LinkedHashSet<>(List.of(order))).rules(APP, 1);
  }

  @Test
  void rulesWhenAPatternHoldsACommaThenNotTwoPatterns() {
    assertThat(allowing("a, b")).isNotEqualTo(allowing("a", "b"));
  }

  private static String allowing(String... patterns) {
    return asks(-1).with(List.of(AllowRule.of("groups", List.of(patterns)))).rules(APP, 1);
  }
}
