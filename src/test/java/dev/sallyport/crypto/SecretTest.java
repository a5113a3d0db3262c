package dev.sallyport.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.persistence.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {
  private static final String TEXT = "hunter2-hunter2";

  @Test
  void printWhenInAnyFormThenRedacted() {
    Secret secret = new Secret(TEXT);
    assertThat(secret).hasToString("[REDACTED]");
    assertThat("%s %s".formatted(secret, Map.of("k", secret))).doesNotContain(TEXT);
    assertThat(new Holder(secret).toString()).doesNotContain(TEXT);
  }

  private record Holder(Secret secret) {}

  @Test
  void writeWhenAskedForJsonThenNothingShows() {
    assertThat(Json.MAPPER.writeValueAsString(new Holder(new Secret(TEXT)))).doesNotContain(TEXT);
  }

  @Test
  void equalsWhenSameTextThenEqual() {
    assertThat(new Secret(TEXT)).isEqualTo(new Secret(TEXT)).hasSameHashCodeAs(new Secret(TEXT));
    assertThat(new Secret(TEXT)).isNotEqualTo(new Secret(TEXT + "x")).isNotEqualTo(TEXT);
    assertThat(new Secret(TEXT).reveal()).isEqualTo(TEXT);
  }
}
