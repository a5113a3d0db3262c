package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.FieldProblem;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterInputTest {
  private final FieldErrors errors = new FieldErrors();

  private AuditFilter read(Map<String, List<String>> query) {
    return FilterInput.read(query, errors);
  }

  @Test
  void readWhenWrittenThenTheSame() {
    AuditFilter filter =
        read(
            Map.of(
                "event", List.of("app.created", "app.deleted"),
                "actor", List.of("ann"),
                "from", List.of("2026-03-01T12:00:00Z")));
    assertThat(errors.isEmpty()).isTrue();
    assertThat(read(filter.query())).isEqualTo(filter);
    assertThat(filter.values(AuditField.EVENT)).containsExactly("app.created", "app.deleted");
  }

  @Test
  void readWhenBlankOrUnknownParameterThenMatchesAll() {
    assertThat(read(Map.of("actor", List.of(" "), "other", List.of("x"))))
        .isEqualTo(AuditFilter.all());
    assertThat(errors.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "category,approval",
    "event,app.exploded",
    "outcome,maybe",
    "from,yesterday",
    "to,2026-03-01",
    "actor,a\0b"
  })
  void readWhenWrongThenNamesTheField(String field, String value) {
    read(Map.of(field, List.of(value)));
    assertThat(errors.list()).extracting(FieldProblem::field).containsExactly(field);
  }

  @Test
  void readWhenOneOfSeveralIsWrongThenNamesTheField() {
    read(Map.of("category", List.of("auth", "nothing")));
    assertThat(errors.list()).extracting(FieldProblem::field).containsExactly("category");
  }

  @Test
  void readWhenReversedThenNamesTo() {
    read(Map.of("from", List.of("2026-03-01T12:00:00Z"), "to", List.of("2026-03-01T12:00:00Z")));
    assertThat(errors.list()).extracting(FieldProblem::field).containsExactly("to");
  }

  @Test
  void readWhenTimeComesTwiceThenNamesIt() {
    read(Map.of("from", List.of("2026-03-01T12:00:00Z", "2026-03-02T12:00:00Z")));
    assertThat(errors.list()).extracting(FieldProblem::field).containsExactly("from");
  }

  @Test
  void readWhenTooManyValuesThenRefuses() {
    List<String> many = IntStream.range(0, 51).mapToObj(i -> "a" + i).toList();
    read(Map.of("actor", many));
    assertThat(errors.list()).extracting(FieldProblem::field).containsExactly("actor");
  }
}
