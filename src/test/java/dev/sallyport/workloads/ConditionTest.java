package dev.sallyport.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jose.Claims;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  private static Condition on(String claim, String... patterns) {
    return new Condition(claim, List.of(patterns));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"repo:acme/web:ref:refs/heads/main", "repo:acme/*", "^repo:acme/(web|api):.*$"})
  void isBindingWhenExactOrAnchoredThenYes(String pattern) {
    assertThat(on("sub", pattern).isBinding()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "*main", "**", "^.*$", "^.+$", "^[^!]*$", "^(repo:.*|.*)$"})
  void isBindingWhenEveryTextMatchesThenNot(String pattern) {
    assertThat(on("sub", pattern).isBinding()).isFalse();
  }

  @Test
  void isBindingWhenOneOfSeveralIsOpenThenNot() {
    assertThat(on("sub", "repo:acme/web", "*").isBinding()).isFalse();
    assertThat(on("sub", "repo:acme/web", "repo:acme/api").isBinding()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "aud"})
  void isBindingWhenAllTokensShareTheClaimThenNot(String claim) {
    assertThat(on(claim, "exact").isBinding()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "sub,repo:acme/*,true",
    "sub,repo:acme,false",
    "sub,repo:acm*e/x,false",
    "groups,b,true",
    "groups,c,false",
    "kubernetes.io.namespace,prod,true",
    "absent,x,false"
  })
  void isMetWhenAValueMatchesThenYes(String claim, String pattern, boolean met) {
    Claims claims =
        Claims.ofJson(
            """
            {"sub": "repo:acme/web", "groups": ["a", "b"],
             "kubernetes.io": {"namespace": "prod"}}
            """);

    assertThat(on(claim, pattern).isMet(claims)).isEqualTo(met);
  }

  @Test
  void textThenReadsAsASentence() {
    assertThat(on("sub", "a").text()).isEqualTo("sub is a");
    assertThat(on("sub", "a", "b*").text()).isEqualTo("sub is one of a, b*");
  }
}
