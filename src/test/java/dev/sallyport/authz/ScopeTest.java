package dev.sallyport.authz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private static final Scope TEST = Scope.of(Map.of("env", List.of("test")));
  private static final Scope TEST_OR_DEV = Scope.of(Map.of("env", List.of("test", "dev")));
  private static final Scope TEST_OF_TEAM =
      Scope.of(Map.of("env", List.of("test"), "team", List.of("a")));

  @Test
  void coversWhenEachKeyHasOneOfTheValuesThenInside() {
    assertThat(TEST_OR_DEV.covers(Map.of("env", "dev", "other", "x"))).isTrue();
  }

  @Test
  void coversWhenValueDiffersThenOutside() {
    assertThat(TEST.covers(Map.of("env", "prod"))).isFalse();
  }

  @Test
  void coversWhenKeyIsAbsentThenOutside() {
    assertThat(TEST_OF_TEAM.covers(Map.of("env", "test"))).isFalse();
  }

  @Test
  void coversWhenEverythingThenAlsoUnlabelled() {
    assertThat(Scope.EVERYTHING.covers(Map.<String, String>of())).isTrue();
    assertThat(Scope.NOTHING.covers(Map.<String, String>of())).isFalse();
  }

  @Test
  void coversWhenOtherIsNarrowerThenInside() {
    assertThat(TEST_OR_DEV.covers(TEST)).isTrue();
    assertThat(TEST.covers(TEST_OF_TEAM)).isTrue();
    assertThat(Scope.EVERYTHING.covers(TEST)).isTrue();
  }

  @Test
  void coversWhenOtherIsWiderThenNot() {
    assertThat(TEST.covers(TEST_OR_DEV)).isFalse();
    assertThat(TEST_OF_TEAM.covers(TEST)).isFalse();
    assertThat(TEST.covers(Scope.EVERYTHING)).isFalse();
    assertThat(Scope.NOTHING.covers(TEST)).isFalse();
  }

  @Test
  void orWhenBothThenEither() {
    Scope both = TEST.or(Scope.of(Map.of("team", List.of("a"))));
    assertThat(both.covers(Map.of("team", "a"))).isTrue();
    assertThat(both.covers(Map.of("env", "test"))).isTrue();
    assertThat(both.covers(Map.of("env", "prod"))).isFalse();
  }

  @Test
  void newWhenOneSelectorIsEmptyThenIsEverything() {
    assertThat(TEST.or(Scope.EVERYTHING).isEverything()).isTrue();
    assertThat(new Scope(Set.of()).isNothing()).isTrue();
  }
}
