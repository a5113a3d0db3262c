package dev.sallyport.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.AuditRow;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The texts here are promises: hashes that exist rest on them.
class CanonicalRowTest {
  private static AuditRow row(AuditRow.@Nullable What resource, Map<String, String> details) {
    return new AuditRow(
        "aud_1",
        Instant.parse("2026-03-01T12:00:00.123456Z"),
        "config",
        "app.created",
        new AuditRow.Who("user", "usr_1", "Änn"),
        resource,
        "success",
        null,
        "192.0.2.1",
        "req_1",
        "app_1",
        details);
  }

  @Test
  void ofWhenFullThenSortedWithoutWhitespace() {
    AuditRow row =
        row(new AuditRow.What("app", "app_1", "wiki"), Map.of("uri", "http://x/", "labels", "{}"));
    assertThat(CanonicalRow.of(row, 7))
        .isEqualTo(
            "{\"actor\":{\"id\":\"usr_1\",\"kind\":\"user\",\"name\":\"Änn\"},"
                + "\"address\":\"192.0.2.1\",\"appId\":\"app_1\","
                + "\"at\":\"2026-03-01T12:00:00.123456Z\",\"category\":\"config\","
                + "\"details\":{\"labels\":\"{}\",\"uri\":\"http://x/\"},"
                + "\"event\":\"app.created\",\"id\":\"aud_1\",\"outcome\":\"success\","
                + "\"reason\":null,\"requestId\":\"req_1\","
                + "\"resource\":{\"id\":\"app_1\",\"kind\":\"app\",\"name\":\"wiki\"},\"seq\":7}");
  }

  @Test
  void ofWhenControlCharactersThenEscapedAsRfc8785Says() {
    String text = CanonicalRow.of(row(null, Map.of("a", "\u001f\n\"\\/\u20ac\u2028")), 7);
    assertThat(text)
        .contains("\"details\":{\"a\":\"\\u001f\\n\\\"\\\\/\u20ac\u2028\"}")
        .contains("\"resource\":null");
  }

  @Test
  void ofWhenNothingDiffersButTheNumberThenAnotherText() {
    AuditRow row = row(null, Map.of());
    assertThat(CanonicalRow.of(row, 7)).isNotEqualTo(CanonicalRow.of(row, 8));
  }
}
