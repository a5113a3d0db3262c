package dev.sallyport.authz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScopeIntersectionTest {
  private static final Scope TEST = Scope.of(Map.of("env", List.of("test")));
  private static final Scope TEST_OR_PROD = Scope.of(Map.of("env", List.of("test", "prod")));
  private static final Scope PROD = Scope.of(Map.of("env", List.of("prod")));
  private static final Scope TEAM = Scope.of(Map.of("team", List.of("a")));

  @Test
  void andWhenOneIsEverythingThenTheOther() {
    assertThat(Scope.EVERYTHING.and(TEST)).isEqualTo(TEST);
    assertThat(TEST.and(Scope.EVERYTHING)).isEqualTo(TEST);
    assertThat(Scope.EVERYTHING.and(Scope.EVERYTHING).isEverything()).isTrue();
  }

  @Test
  void andWhenOneIsNothingThenNothing() {
    assertThat(Scope.NOTHING.and(TEST).isNothing()).isTrue();
    assertThat(Scope.EVERYTHING.and(Scope.NOTHING).isNothing()).isTrue();
  }

  @Test
  void andWhenTheyOverlapThenWhatBothCover() {
    assertThat(TEST_OR_PROD.and(TEST)).isEqualTo(TEST);
    assertThat(TEST.and(PROD).isNothing()).isTrue();
    assertThat(TEST.and(TEAM))
        .isEqualTo(Scope.of(Map.of("env", List.of("test"), "team", List.of("a"))));
  }

  @Test
  void andWhenSeveralSelectorsThenEachWithEach() {
    Scope both = TEST.or(TEAM).and(PROD.or(TEAM));

    assertThat(both.covers(Map.of("env", "prod", "team", "a"))).isTrue();
    assertThat(both.covers(Map.of("env", "test", "team", "a"))).isTrue();
    assertThat(both.covers(Map.of("team", "a"))).isTrue();
    assertThat(both.covers(Map.of("env", "test"))).isFalse();
    assertThat(both.covers(Map.of("env", "prod"))).isFalse();
  }
}
