package dev.sallyport.gateway.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColdPlacesTest {
  private static final int HALF = 32;

  private final ColdPlaces places = new ColdPlaces(2 * HALF);

  private void fill(String client) {
    IntStream.range(0, HALF).forEach(_ -> places.take(client));
  }

  @Test
  void takeWhenOthersHoldAllTheyMayThenGranted() {
    fill("192.0.2.1");

    assertThat(places.take("192.0.2.1")).isFalse();
    assertThat(places.take("192.0.2.2")).isTrue();
  }

  @Test
  void takeWhenOneIsFreedThenGrantedOnce() {
    fill("192.0.2.1");

    places.free("192.0.2.1");

    assertThat(places.take("192.0.2.1")).isTrue();
    assertThat(places.take("192.0.2.1")).isFalse();
  }

  @Test
  void takeWhenManyClientsWaitThenEachMayHoldLess() {
    IntStream.range(0, HALF).forEach(i -> places.take("192.0.2." + i));

    assertThat(IntStream.range(0, HALF).filter(_ -> places.take("198.51.100.1")).count())
        .isEqualTo(HALF / 2);
    assertThat(places.take("198.51.100.2")).isTrue();
  }

  @Test
  void takeWhenEverybodyWaitsThenUpToTheLastPlace() {
    assertThat(IntStream.range(0, 500).filter(i -> places.take("2001:db8:" + i)).count())
        .isEqualTo(2 * HALF);
    assertThat(places.isFull("203.0.113.1")).isTrue();
  }

  @Test
  void freeWhenNothingWaitsThenClientIsForgotten() {
    fill("192.0.2.1");

    IntStream.range(0, HALF).forEach(_ -> places.free("192.0.2.1"));
    places.free("192.0.2.1");

    assertThat(places.remembered()).isZero();
    assertThat(places.take("192.0.2.1")).isTrue();
  }

  @Test
  void takeWhenManyThreadsTakeThenNoMoreThanTheCap() {
    AtomicInteger taken = new AtomicInteger();

    IntStream.range(0, 1_000)
        .parallel()
        .filter(_ -> places.take("192.0.2.1"))
        .forEach(_ -> taken.incrementAndGet());

    assertThat(taken).hasValue(HALF);
  }
}
