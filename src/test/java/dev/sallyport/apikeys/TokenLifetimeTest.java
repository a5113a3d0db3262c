package dev.sallyport.apikeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.SallyportException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenLifetimeTest {
  private static final Duration LONGEST = Duration.ofMinutes(15);

  @Test
  void lifetimeWhenNothingIsWantedThenTheLongest() {
    assertThat(ApiTokenService.lifetime(null, LONGEST)).isEqualTo(LONGEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1S", "PT5M", "PT15M"})
  void lifetimeWhenWithinThenAsWanted(String wanted) {
    assertThat(ApiTokenService.lifetime(wanted, LONGEST)).isEqualTo(Duration.parse(wanted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT15M1S", "PT1H", "PT0S", "-PT1M", "PT0.5S", "300", "", "soon"})
  void lifetimeWhenOutsideThenRefused(String wanted) {
    assertThatThrownBy(() -> ApiTokenService.lifetime(wanted, LONGEST))
        .isInstanceOfSatisfying(
            SallyportException.class,
            e ->
                assertThat(e.errors())
                    .extracting(FieldProblem::field)
                    .containsExactly("expiresIn"));
  }
}
