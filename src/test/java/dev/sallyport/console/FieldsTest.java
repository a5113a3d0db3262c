package dev.sallyport.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.problem.FieldProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldsTest {
  private final TextField name = new TextField();
  private final TextField upstreams = new TextField();
  private final Fields fields = new Fields().bind("name", name).bind("upstreams", upstreams);

  @Test
  void showWhenPathIsBoundThenMarksTheField() {
    assertThat(fields.show(List.of(new FieldProblem("name", "must not be empty.")))).isEmpty();
    assertThat(name.isInvalid()).isTrue();
    assertThat(name.getErrorMessage()).isEqualTo("Must not be empty.");
    assertThat(upstreams.isInvalid()).isFalse();
  }

  @Test
  void showWhenPathLiesBelowThenMarksItsBeginningAndNamesTheRest() {
    fields.show(List.of(new FieldProblem("upstreams[1].url", "must be a URL.")));
    assertThat(upstreams.getErrorMessage()).isEqualTo("[1].url must be a URL.");
  }

  @Test
  void showWhenTwoProblemsOfOneFieldThenShowsBoth() {
    fields.show(
        List.of(
            new FieldProblem("name", "is too long."), new FieldProblem("name", "has a space.")));
    assertThat(name.getErrorMessage()).isEqualTo("Is too long. Has a space.");
  }

  @Test
  void showWhenPathOnlyLooksAlikeThenAnswersIt() {
    FieldProblem other = new FieldProblem("names", "is wrong.");
    assertThat(fields.show(List.of(other))).containsExactly(other);
    assertThat(name.isInvalid()).isFalse();
  }

  @Test
  void valueChangedThenTakesTheMessageAway() {
    fields.show(List.of(new FieldProblem("name", "must not be empty.")));
    name.setValue("a");
    assertThat(name.isInvalid()).isFalse();
  }
}
