package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.persistence.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditFilterTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static AuditFilter full() {
    AuditFilter filter = AuditFilter.all();
    for (AuditField field : AuditField.values()) {
      filter = filter.with(field, Set.of(field.parameter()));
    }
    return filter.between(NOON, NOON.plusSeconds(1)).within(Set.of("app_1"));
  }

  @Test
  void conditionWhenEmptyThenMatchesAll() {
    assertThat(AuditFilter.all().condition().sql()).isEqualTo("true");
    assertThat(AuditFilter.all().condition().arguments()).isEmpty();
  }

  @Test
  void conditionWhenFullThenHasOneArgumentForEveryMark() {
    Condition where = full().condition();
    assertThat(where.sql().chars().filter(c -> c == '?')).hasSize(where.arguments().size());
    assertThat(where.arguments()).hasSize(14);
    assertThat(where.arguments().getLast()).isEqualTo(new String[] {"app_1"});
  }

  @Test
  void conditionWhenSeveralValuesThenOneMustFit() {
    AuditFilter filter = AuditFilter.all().with(AuditField.OUTCOME, Set.of("denied", "failure"));
    assertThat(filter.condition().sql()).isEqualTo("outcome = any (?)");
    assertThat(filter.condition().arguments().getFirst())
        .isEqualTo(new String[] {"denied", "failure"});
  }

  @Test
  void conditionWhenScopeHoldsNoAppThenNothingMatches() {
    Condition where = AuditFilter.all().within(Set.of()).condition();
    assertThat(where.sql()).isEqualTo("app_id = any (?)");
    assertThat(where.arguments().getFirst()).isEqualTo(new String[0]);
  }

  @Test
  void isWholeWhenOnlyTimeNarrowsThenTrue() {
    assertThat(AuditFilter.all().between(NOON, NOON.plusSeconds(1)).isWhole()).isTrue();
    assertThat(AuditFilter.all().with(AuditField.ACTOR, Set.of("a")).isWhole()).isFalse();
    assertThat(AuditFilter.all().within(Set.of("app_1")).isWhole()).isFalse();
  }

  @Test
  void queryWhenWrittenThenHoldsEveryFieldAndNoScope() {
    Map<String, List<String>> query = full().query();
    assertThat(query)
        .containsEntry("requestId", List.of("requestId"))
        .containsEntry("from", List.of("2026-03-01T12:00:00Z"))
        .hasSize(AuditField.values().length + 2);
  }

  @Test
  void withWhenNoValuesThenFieldIsFree() {
    AuditFilter filter = full().with(AuditField.EVENT, Set.of());
    assertThat(filter.values(AuditField.EVENT)).isEmpty();
    assertThat(filter.query()).doesNotContainKey("event");
  }
}
