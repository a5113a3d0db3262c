package dev.sallyport.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class KeyUseTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void takeWhenSeenThenTheLastTimeOnce() {
    KeyUse use = new KeyUse();
    use.clock = Clock.fixed(NOW, ZoneOffset.UTC);
    use.seen("key_1");
    use.clock = Clock.fixed(NOW.plusSeconds(5), ZoneOffset.UTC);
    use.seen("key_1");
    use.seen("key_2");
    assertThat(use.take())
        .containsOnlyKeys("key_1", "key_2")
        .containsEntry("key_1", NOW.plusSeconds(5));
    assertThat(use.take()).isEmpty();
  }
}
