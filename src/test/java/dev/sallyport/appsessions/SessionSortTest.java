package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.SallyportException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSortTest {
  @Test
  void parseWhenAbsentThenNewestFirst() {
    assertThat(SessionSort.parse(null)).isEqualTo(SessionSort.newestFirst());
    assertThat(SessionSort.parse("")).isEqualTo(SessionSort.newestFirst());
    assertThat(SessionSort.parse("-startedAt")).isEqualTo(SessionSort.newestFirst());
  }

  @ParameterizedTest
  @EnumSource
  void parseWhenColumnIsKnownThenBothDirections(SessionSort.Column column) {
    assertThat(SessionSort.parse(column.code())).isEqualTo(new SessionSort(column, false));
    assertThat(SessionSort.parse("-" + column.code())).isEqualTo(new SessionSort(column, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "startedat", "--user", "username", "user;drop", "+user"})
  void parseWhenUnknownThenRefusedWithTheList(String text) {
    assertThatThrownBy(() -> SessionSort.parse(text))
        .isInstanceOfSatisfying(
            SallyportException.class,
            e ->
                assertThat(e.errors())
                    .containsExactly(
                        new FieldProblem(
                            "sort",
                            "must be one of startedAt, -startedAt, user, -user, app, -app,"
                                + " expiresAt, -expiresAt.")));
  }

  // The id runs against the sort, as the index (started_at desc, id) has it.
  @Test
  void orderByThenRowsBehindTheCursorFollow() {
    assertThat(SessionSort.newestFirst().orderBy()).isEqualTo("s.started_at desc, s.id");
    assertThat(SessionSort.newestFirst().after())
        .isEqualTo(
            "s.started_at <= cast(? as timestamptz)"
                + " and (s.started_at < cast(? as timestamptz) or s.id > ?)");
    assertThat(SessionSort.parse("user").after())
        .isEqualTo("s.username >= cast(? as text) and (s.username > cast(? as text) or s.id < ?)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"startedAt", "-startedAt", "expiresAt", "-expiresAt"})
  void checkedWhenCursorOfAnotherSortThenRefused(String sort) {
    SessionSort byTime = SessionSort.parse(sort);
    for (String value :
        List.of("ann", "", "2026-01-01", "+1000000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z")) {
      assertThatThrownBy(() -> byTime.checked(value))
          .isInstanceOfSatisfying(
              SallyportException.class,
              e -> assertThat(e.errors()).extracting(FieldProblem::field).containsExactly("after"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void checkedWhenOwnValueThenTheSame(SessionSort.Column column) {
    SessionSort sort = new SessionSort(column, true);
    String value = sort.value(SessionFixture.details("aas_1"));
    assertThat(sort.checked(value)).isEqualTo(value);
  }

  @Test
  void valueThenThatOfTheColumn() {
    SessionDetails session = SessionFixture.details("aas_1");
    assertThat(SessionSort.parse("user").value(session)).isEqualTo("ann");
    assertThat(SessionSort.parse("app").value(session)).isEqualTo("wiki");
    assertThat(SessionSort.parse("startedAt").value(session)).isEqualTo("2026-01-01T12:00:00Z");
    assertThat(SessionSort.parse("expiresAt").value(session)).isEqualTo("2026-01-01T13:00:00Z");
  }
}
