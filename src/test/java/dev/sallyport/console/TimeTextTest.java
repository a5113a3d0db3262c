package dev.sallyport.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, just now",
    "9, just now",
    "10, 10 s ago",
    "59, 59 s ago",
    "60, 1 min ago",
    "3599, 59 min ago",
    "3600, 1 h ago",
    "86399, 23 h ago",
    "86400, 1 d ago",
    "1209599, 13 d ago",
    "1209600, 2026-02-15",
    "-5, in a moment",
    "-90, in 1 min",
    "-7200, in 2 h",
    "-2000000, 2026-03-24"
  })
  void relativeThenSaysItAsPeopleDo(long secondsAgo, String expected) {
    assertThat(TimeText.relative(NOW.minusSeconds(secondsAgo), NOW)).isEqualTo(expected);
  }
}
