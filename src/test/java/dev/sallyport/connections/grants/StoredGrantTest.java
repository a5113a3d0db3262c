package dev.sallyport.connections.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredGrantTest {
  private static final Instant START = Instant.parse("2030-01-01T12:00:00Z");
  private static final GrantKey KEY =
      new GrantKey(new Person("i", "s"), "https://as.example", "c", "https://r.example", null);

  private static StoredGrant grant(@Nullable Duration lifetime, boolean isRenewable) {
    return new StoredGrant(
        "con_1",
        KEY,
        "ocl_1",
        "ada",
        Set.of(),
        new Secret("a"),
        isRenewable ? new Secret("r") : null,
        START,
        lifetime == null ? null : START.plus(lifetime),
        null,
        0,
        null,
        null,
        1,
        null);
  }

  // Five minutes ahead, but at half time for what lasts less than ten; 30 s or a quarter is left
  // unused.
  @ParameterizedTest
  @CsvSource({
    "3600, 3299, false, true", "3600, 3300, true, true", "3600, 3569, true, true",
    "3600, 3570, true, false", "60, 29, false, true", "60, 30, true, true",
    "60, 44, true, true", "60, 45, true, false"
  })
  void isDueAheadOfTheEnd(long lifetime, long after, boolean isDue, boolean isUsable) {
    StoredGrant grant = grant(Duration.ofSeconds(lifetime), true);
    Instant now = START.plusSeconds(after);
    assertThat(grant.isDue(now)).isEqualTo(isDue);
    assertThat(grant.isUsable(now)).isEqualTo(isUsable);
  }

  @Test
  void isDueWhenItCannotBeRenewedThenNever() {
    assertThat(grant(Duration.ofMinutes(5), false).isDue(START.plusSeconds(299))).isFalse();
    assertThat(grant(null, true).isDue(START.plusSeconds(9_999_999))).isFalse();
  }

  @Test
  void tokenWhenItNeverEndsThenLookedAtAgainEachHour() {
    assertThat(grant(null, false).token(START))
        .isInstanceOfSatisfying(
            GrantToken.Good.class,
            good -> assertThat(good.until()).isEqualTo(START.plus(Duration.ofHours(1))));
  }

  @Test
  void tokenWhenOverThenSaysWhatHelps() {
    Instant later = START.plus(Duration.ofHours(2));
    assertThat(grant(Duration.ofHours(1), false).token(later))
        .isEqualTo(new GrantToken.Ended("expired"));
    assertThat(grant(Duration.ofHours(1), true).token(later))
        .isInstanceOf(GrantToken.Unavailable.class);
  }

  @Test
  void printedFormThenWithoutTokens() {
    assertThat(grant(Duration.ofHours(1), true).toString()).contains("[REDACTED]");
    assertThat(new Tokens(new Secret("t0ken"), null, null, null, null).toString())
        .doesNotContain("t0ken");
  }
}
