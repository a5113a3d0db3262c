package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditFilterTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void conditionWhenEmptyThenMatchesAll() {
    assertThat(AuditFilter.all().condition().sql()).isEqualTo("true");
    assertThat(AuditFilter.all().condition().arguments()).isEmpty();
  }

  @Test
  void conditionWhenFullThenHasOneArgumentForEveryMark() {
    AuditFilter.Condition where =
        new AuditFilter("auth", "e", "actor", "thing", "denied", NOON, NOON.plusSeconds(1))
            .condition();
    assertThat(where.arguments())
        .containsExactly(
            "auth",
            "e",
            "actor",
            "actor",
            "thing",
            "thing",
            "thing",
            "denied",
            NOON,
            NOON.plusSeconds(1));
    assertThat(where.sql().chars().filter(c -> c == '?')).hasSize(where.arguments().size());
  }
}
