package dev.sallyport.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RingViewTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final RingKey FIRST = key("first", NOW.minusSeconds(60));
  private static final RingKey NEXT = key("next", NOW.plusSeconds(60));

  private final AtomicReference<Ring> ring = new AtomicReference<>(ringOf(FIRST));
  private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
  private final RingView<List<Secret>> view =
      new RingView<>(ring::get, new MovedClock(time), List::copyOf);

  private static RingKey key(String id, Instant from) {
    return new RingKey(id, new Secret(id), from, from, null);
  }

  private static Ring ringOf(RingKey... keys) {
    return new Ring(List.of(keys), Duration.ofHours(24));
  }

  private static final class MovedClock extends Clock {
    private final AtomicReference<Instant> time;

    MovedClock(AtomicReference<Instant> time) {
      this.time = time;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return time.get();
    }
  }

  @Test
  void getWhenNothingChangedThenTheSameThing() {
    assertThat(view.get()).isSameAs(view.get());
  }

  @Test
  void getWhenNextKeyIsPublishedThenItIsThereBehindTheOneThatSigns() {
    view.get();
    ring.set(ringOf(NEXT, FIRST));

    assertThat(view.get()).containsExactly(FIRST.material(), NEXT.material());
  }

  @Test
  void getWhenTheNextKeysTimeHasComeThenItSigns() {
    ring.set(ringOf(NEXT, FIRST));
    view.get();
    time.set(NEXT.activeFrom());

    assertThat(view.get()).containsExactly(NEXT.material(), FIRST.material());
  }
}
