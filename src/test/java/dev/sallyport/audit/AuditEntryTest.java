package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditEntryTest {
  @Test
  void successWhenCompletedThenHoldsEverything() {
    AuditEntry entry =
        AuditEntry.success(AuditEventName.APP_CREATED)
            .on("app", "app_1", "wiki")
            .with("uri", "http://x")
            .with("labels", List.of("a"));
    assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.SUCCESS);
    assertThat(entry.reason()).isNull();
    assertThat(entry.resource()).isEqualTo(new AuditEntry.Resource("app", "app_1", "wiki"));
    assertThat(entry.details()).hasToString("{labels=[a], uri=http://x}");
  }

  @Test
  void deniedWhenReasonThenItsCode() {
    AuditEntry entry =
        AuditEntry.denied(AuditEventName.SESSION_REFUSED, ProblemType.TOKEN_EXPIRED)
            .with("issuer", "i")
            .on("app", "app_1", "wiki");
    assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.DENIED);
    assertThat(entry.reason()).isEqualTo("token-expired");
    assertThat(entry.details()).containsEntry("issuer", "i");
  }

  @Test
  void onWhenAppThenIsAboutIt() {
    AuditEntry entry = AuditEntry.success(AuditEventName.APP_CHANGED).on("app", "app_1", "wiki");
    assertThat(entry.appId()).isEqualTo("app_1");
  }

  @Test
  void ofAppWhenAnotherResourceThenBothStay() {
    AuditEntry entry =
        AuditEntry.success(AuditEventName.SESSION_OPENED)
            .ofApp("app_1")
            .on("app_session", "aas_1", "ann")
            .with("client", "cli");
    assertThat(entry.appId()).isEqualTo("app_1");
    assertThat(entry.resource()).isEqualTo(new AuditEntry.Resource("app_session", "aas_1", "ann"));
  }

  @Test
  void onWhenNoAppThenIsAboutNone() {
    AuditEntry entry = AuditEntry.success(AuditEventName.KEY_CREATED).on("api_key", "key_1", "k");
    assertThat(entry.appId()).isNull();
  }

  @Test
  void withWhenAbsentThenNoTrace() {
    AuditEntry entry = AuditEntry.success(AuditEventName.APP_CREATED);
    assertThat(entry.with("client", null).details()).isEmpty();
  }

  @Test
  void withWhenAddedThenTheFirstEntryStays() {
    AuditEntry first = AuditEntry.success(AuditEventName.APP_CREATED);
    first.with("a", 1);
    assertThat(first.details()).isEmpty();
  }

  @Test
  void codesWhenListedThenUniqueAndWellFormed() {
    assertThat(AuditEventName.values())
        .extracting(AuditEventName::code)
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z_]+\\.[a-z_]+"));
    assertThat(Arrays.stream(AuditEventName.values()).map(AuditEventName::category))
        .doesNotContainNull();
  }
}
