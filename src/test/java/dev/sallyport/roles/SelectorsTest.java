package dev.sallyport.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.authz.Scope;
import dev.sallyport.persistence.Json;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.FieldProblem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;

class SelectorsTest {
  private final FieldErrors errors = new FieldErrors();

  private Scope scope(String json) {
    return Selectors.scope(
        Json.read(json, new TypeReference<Map<String, List<String>>>() {}), "scope", errors);
  }

  @Test
  void scopeWhenAbsentThenEverything() {
    assertThat(Selectors.scope(null, "scope", errors)).isEqualTo(Scope.EVERYTHING);
    assertThat(errors.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"env\":[\"test\"]}",
        "{\"env\":[\"test\",\"a b\"],\"sallyport.internal/app-kind\":[\"mcp\"]}",
        "{\"price\":[\"$5\",\"^up\"]}"
      })
  void scopeWhenLiteralThenTaken(String json) {
    assertThat(scope(json).isNothing()).isFalse();
    assertThat(errors.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                          | scope",
        "{\"env\":[]}                | scope.env",
        "{\"env\":null}              | scope.env",
        "{\"env\":[null]}            | scope.env[0]",
        "{\"env\":[\"\"]}            | scope.env[0]",
        "{\"env\":[\"test\",\"t*\"]} | scope.env[1]",
        "{\"*\":[\"x\"]}             | scope.*",
        "{\"\":[\"x\"]}              | scope.",
        "{\"env\":[\"^a.b$\"]}       | scope.env[0]",
        "{\"env\":[\"a\\nb\"]}       | scope.env[0]",
      })
  void scopeWhenNotLiteralThenRefused(String json, String field) {
    assertThat(scope(json)).isEqualTo(Scope.NOTHING);
    assertThat(errors.list()).extracting(FieldProblem::field).containsExactly(field);
  }

  @Test
  void writeWhenOrderDiffersThenTheSameText() {
    Scope one = Scope.of(Map.of("b", List.of("2", "1"), "a", List.of("x")));
    Scope other = Scope.of(Map.of("a", List.of("x", "x"), "b", List.of("1", "2")));
    assertThat(Selectors.write(one))
        .isEqualTo("{\"a\":[\"x\"],\"b\":[\"1\",\"2\"]}")
        .isEqualTo(Selectors.write(other));
    assertThat(Selectors.read(Selectors.write(one))).isEqualTo(one);
  }

  @Test
  void writeWhenEverythingThenNull() {
    assertThat(Selectors.write(Scope.EVERYTHING)).isNull();
    assertThat(Selectors.read(null)).isEqualTo(Scope.EVERYTHING);
  }

  @Test
  void writeWhenThereAreTwoSelectorsThenRefused() {
    Scope two = Scope.of(Map.of("env", List.of("test"))).or(Scope.of(Map.of("team", List.of("a"))));
    assertThatThrownBy(() -> Selectors.write(two)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Selectors.of(two))
        .containsExactly(Map.of("env", List.of("test")), Map.of("team", List.of("a")));
  }
}
