package dev.sallyport.audit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sallyport.audit.AuditFilter;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.SallyportException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExportRequestTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static List<String> wrong(
      @Nullable String format, @Nullable Instant from, @Nullable Instant to) {
    AuditFilter filter = AuditFilter.all().between(from, to);
    SallyportException refusal =
        catchThrowableOfType(
            SallyportException.class, () -> ExportRequest.of(format, filter, new FieldErrors()));
    return refusal.errors().stream().map(FieldProblem::field).toList();
  }

  @Test
  void ofWhenRightThenNdjsonAndAFileName() {
    AuditFilter filter = AuditFilter.all().between(NOON, NOON.plus(Duration.ofDays(366)));
    ExportRequest request = ExportRequest.of(null, filter, new FieldErrors());
    assertThat(request.format()).isEqualTo(ExportRequest.Format.NDJSON);
    assertThat(request.fileName()).isEqualTo("sallyport-audit-2026-03-01-2027-03-02.ndjson");
  }

  @Test
  void ofWhenTimesAreMissingThenNamesBoth() {
    assertThat(wrong("csv", null, null)).containsExactly("from", "to");
    assertThat(wrong("csv", NOON, null)).containsExactly("to");
  }

  @Test
  void ofWhenLongerThanAYearThenNamesTo() {
    assertThat(wrong("csv", NOON, NOON.plus(Duration.ofDays(366)).plusSeconds(1)))
        .containsExactly("to");
  }

  @Test
  void ofWhenFormatIsUnknownThenNamesIt() {
    assertThat(wrong("xml", NOON, NOON.plusSeconds(1))).containsExactly("format");
  }
}
