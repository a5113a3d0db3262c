package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.persistence.Condition;
import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.SallyportException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SessionFilterTest {
  private static SessionFilter user(String user) {
    return new SessionFilter(null, null, user, null, null, null, SessionFilter.State.ALL);
  }

  @Test
  void conditionWhenEverythingIsGivenThenEachStandsAsAnArgument() {
    var filter =
        new SessionFilter("wiki", "corp", "an", "i", "u-1", "cl", SessionFilter.State.ENDED);
    assertThat(filter.condition())
        .isEqualTo(
            new Condition(
                "s.ended_at is not null and s.app_name = ? and s.config_name = ?"
                    + " and s.issuer = ? and s.subject = ? and s.client = ? and s.username like ?",
                List.of("wiki", "corp", "i", "u-1", "cl", "an%")));
  }

  @Test
  void conditionWhenNothingIsGivenThenTheStateAlone() {
    assertThat(SessionFilter.live().condition())
        .isEqualTo(new Condition("s.ended_at is null", List.of()));
    assertThat(user(null).condition().sql()).isEqualTo("true");
  }

  @Test
  void conditionWhenUserHoldsWildcardsThenTheyAreLetters() {
    assertThat(user("50%_\\x").condition().arguments()).containsExactly("50\\%\\_\\\\x%");
  }

  @Test
  void conditionWhenTextLooksLikeSqlThenOnlyAnArgument() {
    assertThat(user("' or true --").condition().sql()).isEqualTo("true and s.username like ?");
  }

  @Test
  void startedByWhenTimeIsGivenThenLastArgument() {
    Condition condition = user("a").startedBy(Instant.EPOCH);
    assertThat(condition.sql()).endsWith(" and s.started_at <= ?");
    assertThat(condition.arguments()).containsExactly("a%", Instant.EPOCH);
    assertThat(user("a").startedBy(null)).isEqualTo(user("a").condition());
  }

  @Test
  void isEmptyWhenOnlyTheStateIsGivenThenTrue() {
    assertThat(user(null).isEmpty()).isTrue();
    assertThat(user("a").isEmpty()).isFalse();
    assertThat(
            new SessionFilter(null, null, null, null, null, "c", SessionFilter.State.LIVE)
                .isEmpty())
        .isFalse();
  }

  @Test
  void filterWhenParametersAreEmptyThenAbsent() {
    var query = new SessionQuery();
    query.app = "";
    query.state = "";
    assertThat(query.filter()).isEqualTo(SessionFilter.live());
    query.user = "ann";
    query.state = "all";
    assertThat(query.filter()).isEqualTo(user("ann"));
  }

  @Test
  void queryWhenParameterIsWrongThenNamed() {
    var query = new SessionQuery();
    query.state = "dead";
    assertWrong(query::filter, "state");
    assertWrong(() -> SessionQuery.instant("asOf", "yesterday"), "asOf");
    assertWrong(() -> SessionQuery.count("expectedCount", "1.5"), "expectedCount");
  }

  @Test
  void queryWhenParameterIsRightThenRead() {
    assertThat(SessionQuery.instant("asOf", "1970-01-01T00:00:00Z")).isEqualTo(Instant.EPOCH);
    assertThat(SessionQuery.instant("asOf", null)).isNull();
    assertThat(SessionQuery.count("expectedCount", "3")).isEqualTo(3);
    assertThat(SessionQuery.count("expectedCount", null)).isNull();
  }

  private static void assertWrong(ThrowingCallable call, String field) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SallyportException.class,
            e -> assertThat(e.errors()).extracting(FieldProblem::field).containsExactly(field));
  }

  @Test
  void withinWhenScopedThenTheConditionNamesTheApps() {
    Condition where = user("ann").within(Set.of("app_1")).liveOnly().condition();
    assertThat(where.sql()).endsWith("s.app_id = any (?)");
    assertThat(where.arguments().getLast()).isEqualTo(new String[] {"app_1"});
  }
}
