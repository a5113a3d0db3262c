package dev.sallyport.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionsTest {
  @Test
  void requiredWhenETagComesBackThenTheRevision() {
    assertThat(Revisions.required(Revisions.etag(7))).isEqualTo(7);
    assertThat(Revisions.required(" \"0\" ")).isZero();
  }

  @Test
  void requiredWhenAbsentThenMissing() {
    assertRefused(() -> Revisions.required(null), ProblemType.REVISION_MISSING);
  }

  // RFC 9110 section 13.1.1: If-Match compares strongly, so a weak tag never matches.
  @ParameterizedTest
  @ValueSource(strings = {"7", "\"\"", "\"x\"", "W/\"7\"", "*", "\"7", "", "\"", "\"7\", \"8\""})
  void requiredWhenNoTagOfOursThenDiffers(String ifMatch) {
    assertRefused(() -> Revisions.required(ifMatch), ProblemType.REVISION_DIFFERS);
  }

  @Test
  void checkWhenOtherRevisionThenDiffers() {
    assertThatCode(() -> Revisions.check(3, 3)).doesNotThrowAnyException();
    assertRefused(() -> Revisions.check(4, 3), ProblemType.REVISION_DIFFERS);
  }

  private static void assertRefused(ThrowingCallable call, ProblemType type) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SallyportException.class, e -> assertThat(e.type()).isEqualTo(type));
  }
}
