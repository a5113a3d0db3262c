package dev.sallyport.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConditionTest {
  private static final Condition A = Condition.of("a = ?", 1);
  private static final Condition B = Condition.of("b = ?", 2);
  private static final Condition C = Condition.of("c = ?", 3);

  @Test
  void andWhenTwoThenBothWithTheirArgumentsInOrder() {
    assertThat(A.and(B)).isEqualTo(new Condition("a = ? and b = ?", List.of(1, 2)));
  }

  @Test
  void oneOfWhenMorePutsBehindThenTheOrStaysWithinItsBrackets() {
    assertThat(Condition.oneOf(List.of(A, B)).and(C))
        .isEqualTo(new Condition("(a = ? or b = ?) and c = ?", List.of(1, 2, 3)));
  }

  @Test
  void oneOfWhenThereIsNoneThenNoRow() {
    assertThat(Condition.oneOf(List.of())).isEqualTo(Condition.of("false"));
  }

  @Test
  void allOfWhenThereIsNoneThenEveryRow() {
    assertThat(Condition.allOf(List.of())).isEqualTo(Condition.ANY);
    assertThat(Condition.allOf(List.of(A, B))).isEqualTo(A.and(B));
  }

  @Test
  void andIsWhenThereIsNoValueThenNothingMore() {
    assertThat(A.andIs("b", null)).isEqualTo(A);
    assertThat(A.andIs("b", "x")).isEqualTo(A.and("b = ?", "x"));
  }

  @Test
  void andBeginsWhenTheBeginningHasSignsOfAPatternThenTheyStandForThemselves() {
    assertThat(A.andBegins("b", null)).isEqualTo(A);
    assertThat(A.andBegins("b", "5%_\\")).isEqualTo(A.and("b like ?", "5\\%\\_\\\\%"));
  }

  @Test
  void andIsOneOfWhenTheSetIsEmptyThenStillAsked() {
    assertThat(A.andIsOneOf("b", null)).isEqualTo(A);
    assertThat(A.andIsOneOf("b", Set.of()).sql()).isEqualTo("a = ? and b = any (?)");
    assertThat(A.andIsOneOf("b", Set.of("x")).arguments().getLast()).isEqualTo(new String[] {"x"});
  }

  @Test
  void argumentsAndWhenTheStatementGoesOnThenItsOwnComeLast() {
    assertThat(A.and(B).argumentsAnd(9, "z")).containsExactly(1, 2, 9, "z");
  }
}
