package dev.sallyport.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTypeTest {
  @ParameterizedTest
  @EnumSource
  void typeThenSaysWhatHappenedAndWhatHelps(ProblemType type) {
    assertThat(type.code()).matches("[a-z]+(-[a-z]+)*");
    assertThat(type.status()).isBetween(400, 599);
    assertThat(type.title()).isNotBlank().doesNotEndWith(".");
    assertThat(type.cause()).endsWith(".");
    assertThat(type.fix()).isNotBlank();
  }

  @Test
  void invalidWhenOneFieldThenItsSentence() {
    SallyportException refusal = SallyportException.invalid("name", "must be set.");
    assertThat(refusal.type()).isEqualTo(ProblemType.INVALID);
    assertThat(refusal.detail()).isEqualTo("name must be set.");
    assertThat(refusal.errors()).containsExactly(new FieldProblem("name", "must be set."));
  }

  @Test
  void throwIfAnyWhenSeveralThenAllAreNamed() {
    var errors = new FieldErrors();
    errors.addIf(true, "a", "1");
    errors.addIf(false, "b", "2");
    errors.add("c", "3");
    assertThatThrownBy(errors::throwIfAny)
        .hasMessage("2 fields are wrong.")
        .isInstanceOfSatisfying(
            SallyportException.class,
            e -> assertThat(e.errors()).extracting(FieldProblem::field).containsExactly("a", "c"));
  }

  @Test
  void throwIfAnyWhenNoneThenReturns() {
    assertThatCode(new FieldErrors()::throwIfAny).doesNotThrowAnyException();
  }

  @Test
  void retryAfterThenSaysHowLong() {
    SallyportException refusal =
        SallyportException.retryAfter(ProblemType.TOO_MANY_REQUESTS, Duration.ofMillis(10));
    assertThat(refusal.detail()).endsWith("Try again in 1 s.");
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(10));
  }
}
