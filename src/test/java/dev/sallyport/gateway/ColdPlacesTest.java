package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColdPlacesTest {
  private final ColdPlaces places = new ColdPlaces();

  private void fill(String client) {
    IntStream.range(0, ColdPlaces.PER_CLIENT).forEach(_ -> places.take(client));
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
  void freeWhenNothingWaitsThenClientIsForgotten() {
    fill("192.0.2.1");

    IntStream.range(0, ColdPlaces.PER_CLIENT).forEach(_ -> places.free("192.0.2.1"));
    places.free("192.0.2.1");

    assertThat(places.clients()).isZero();
    assertThat(places.take("192.0.2.1")).isTrue();
  }

  @Test
  void takeWhenManyThreadsTakeThenNoMoreThanTheCap() {
    AtomicInteger taken = new AtomicInteger();

    IntStream.range(0, 1_000)
        .parallel()
        .filter(_ -> places.take("192.0.2.1"))
        .forEach(_ -> taken.incrementAndGet());

    assertThat(taken).hasValue(ColdPlaces.PER_CLIENT);
  }
}
