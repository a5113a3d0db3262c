package dev.sallyport.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.authz.Scope;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.FieldProblem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
  @Test
  void matchesWhenEveryKeyHasOneMatchingValueThenTrue() {
    LabelSelector selector =
        LabelSelector.of(Map.of("env", List.of("test", "dev"), "team", List.of("core")));
    assertThat(selector.matches(Map.of("env", "dev", "team", "core", "x", "y"))).isTrue();
    assertThat(selector.matches(Map.of("env", "prod", "team", "core"))).isFalse();
    assertThat(selector.matches(Map.of("env", "dev"))).isFalse();
    assertThat(selector.matches(Map.of())).isFalse();
  }

  @Test
  void matchesWhenEverythingIsSelectedThenUnlabelledToo() {
    LabelSelector all = LabelSelector.of(Map.of("*", List.of("*")));
    assertThat(all.matches(Map.of())).isTrue();
    assertThat(all.matches(Map.of("env", "test"))).isTrue();
    assertThat(all.specificity()).isZero();
  }

  @Test
  void matchesWhenValueIsStarThenKeyMustExist() {
    LabelSelector selector = LabelSelector.of(Map.of("env", List.of("*")));
    assertThat(selector.matches(Map.of("env", "anything"))).isTrue();
    assertThat(selector.matches(Map.of("other", "anything"))).isFalse();
  }

  @Test
  void specificityWhenStarIsThereTooThenItDoesNotCount() {
    assertThat(LabelSelector.of(Map.of("a", List.of("1"), "b", List.of("2"))).specificity())
        .isEqualTo(2);
    assertThat(LabelSelector.of(Map.of("*", List.of("*"), "b", List.of("2"))).specificity())
        .isEqualTo(1);
  }

  @Test
  void checkWhenEmptyThenRefused() {
    assertThat(problems(Map.of())).extracting(FieldProblem::field).containsExactly("appLabels");
  }

  @Test
  void checkWhenKeyHasNoValuesThenRefused() {
    assertThat(problems(Map.of("env", List.of())))
        .containsExactly(new FieldProblem("appLabels.env", "must have at least one value"));
  }

  @Test
  void checkWhenStarHasAnotherValueThenRefused() {
    assertThat(problems(Map.of("*", List.of("test")))).hasSize(1);
    assertThat(problems(Map.of("*", List.of("*", "test")))).hasSize(1);
    assertThat(problems(Map.of("*", List.of("*")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"^($", "^a{1001}$", "^(((a{100}){100}){100})$", "^(?=a)$", "' '", "''"})
  void checkWhenValueIsBadThenItsOwnPathIsNamed(String bad) {
    assertThat(problems(Map.of("env", List.of("good", bad))))
        .extracting(FieldProblem::field)
        .containsExactly("appLabels.env[1]");
  }

  @Test
  void ofWhenInvalidThenThrows() {
    assertThatThrownBy(() -> LabelSelector.of(Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "test,test,true",
    "test,Test,false",
    "test,testing,false",
    "t*,test,true",
    "*st,test,true",
    "t*t,test,true",
    "t*t,tests,false",
    "a.c,abc,false",
    "a.*,abc,false",
    "a.*,a.bc,true",
    "^t.st$,test,true",
    "^t.st$,atest,false",
    "^a|b$,b,true",
    "^a|b$,ax,false",
    "^a,^a,true",
    "a$,a$,true",
    "'[x',[x,true"
  })
  void matchesWhenPatternThenWholeValueCounts(String pattern, String value, boolean expected) {
    assertThat(LabelPattern.of(pattern).matches(value)).isEqualTo(expected);
  }

  @Test
  void isLiteralWhenGlobOrRegexThenFalse() {
    assertThat(LabelPattern.of("eng").isLiteral()).isTrue();
    assertThat(LabelPattern.of("eng-*").isLiteral()).isFalse();
    assertThat(LabelPattern.of("^eng$").isLiteral()).isFalse();
  }

  @Test
  void matchesWhenRegexIsHostileThenAnswersInTime() {
    LabelPattern pattern = LabelPattern.of("^(a+)+$");
    assertThat(pattern.matches("a".repeat(20_000) + "b")).isFalse();
  }

  private static List<FieldProblem> problems(Map<String, List<String>> selector) {
    FieldErrors errors = new FieldErrors();
    LabelSelector.check(selector, "appLabels", errors);
    return errors.list();
  }

  private static boolean isWithin(Map<String, List<String>> selector) {
    Scope scope = Scope.of(Map.of("env", List.of("test", "dev")));
    return LabelSelector.of(selector).isWithin(scope);
  }

  @Test
  void isWithinWhenLiteralsOfTheScopeThenTrue() {
    assertThat(isWithin(Map.of("env", List.of("test"), "team", List.of("*")))).isTrue();
  }

  @Test
  void isWithinWhenAnyValueIsOutsideThenFalse() {
    assertThat(isWithin(Map.of("env", List.of("test", "prod")))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"te*", "^test$", "*"})
  void isWithinWhenValueIsAPatternThenFalse(String pattern) {
    assertThat(isWithin(Map.of("env", List.of(pattern)))).isFalse();
  }

  @Test
  void isWithinWhenScopesKeyIsMissingThenFalse() {
    assertThat(isWithin(Map.of("team", List.of("core")))).isFalse();
    assertThat(isWithin(Map.of("*", List.of("*")))).isFalse();
  }

  @Test
  void isWithinWhenScopeIsEverythingThenTrue() {
    LabelSelector all = LabelSelector.of(Map.of("*", List.of("*")));
    assertThat(all.isWithin(Scope.EVERYTHING)).isTrue();
    assertThat(all.isWithin(Scope.NOTHING)).isFalse();
  }
}
