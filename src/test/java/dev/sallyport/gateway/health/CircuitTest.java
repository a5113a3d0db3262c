package dev.sallyport.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.apps.UpstreamHealth.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CircuitTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private long nanos = Long.MAX_VALUE - 1_000;
  private final Circuit circuit = new Circuit(Clock.fixed(NOW, ZoneOffset.UTC), () -> nanos);

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private void unreachable(int times) {
    for (int i = 0; i < times; i++) {
      circuit.unreachable("connect failed");
    }
  }

  private void answers(int status, int times) {
    for (int i = 0; i < times; i++) {
      circuit.answered(status);
    }
  }

  @Test
  void stateWhenNothingHappenedThenHealthy() {
    assertThat(circuit.state()).isEqualTo(State.HEALTHY);
    assertThat(circuit.isHealthy()).isTrue();
    assertThat(circuit.get().lastError()).isNull();
  }

  @Test
  void unreachableWhenStrikesInARowThenDown() {
    unreachable(Circuit.STRIKES - 1);
    assertThat(circuit.isDown()).isFalse();

    unreachable(1);

    assertThat(circuit.isDown()).isTrue();
    assertThat(circuit.share()).isZero();
    assertThat(circuit.get().state()).isEqualTo("down");
    assertThat(circuit.get().since()).isEqualTo(NOW);
    assertThat(circuit.get().lastError().detail()).isEqualTo("connect failed");
  }

  @Test
  void unreachableWhenAnswersComeBetweenThenHealthy() {
    for (int i = 0; i < 10; i++) {
      unreachable(Circuit.STRIKES - 1);
      circuit.answered(200);
    }

    assertThat(circuit.isHealthy()).isTrue();
  }

  @Test
  void downWhenTimePassesThenStaysUntilReached() {
    unreachable(Circuit.STRIKES);
    pass(Duration.ofHours(1));
    assertThat(circuit.isDown()).isTrue();

    circuit.reached();

    assertThat(circuit.state()).isEqualTo(State.WARMING);
  }

  @Test
  void reachedWhenHealthyThenNothingChanges() {
    circuit.reached();

    assertThat(circuit.isHealthy()).isTrue();
  }

  @Test
  void warmingWhenTimePassesThenShareGrowsUntilHealthy() {
    unreachable(Circuit.STRIKES);
    circuit.reached();
    assertThat(circuit.share()).isEqualTo(Circuit.FIRST_SHARE);

    pass(Circuit.SLOW_START.dividedBy(2));
    assertThat(circuit.share()).isEqualTo(55);

    pass(Circuit.SLOW_START.dividedBy(2));
    assertThat(circuit.share()).isEqualTo(100);
    assertThat(circuit.isHealthy()).isTrue();
  }

  @Test
  void warmingWhenUnreachableOnceThenDownAgain() {
    unreachable(Circuit.STRIKES);
    circuit.reached();

    unreachable(1);

    assertThat(circuit.isDown()).isTrue();
  }

  @Test
  void answeredWhenMostAreErrorsThenFailing() {
    answers(200, 5);
    answers(503, Circuit.ERRORS - 1);
    assertThat(circuit.isHealthy()).isTrue();

    circuit.unanswered("response timeout");

    assertThat(circuit.state()).isEqualTo(State.FAILING);
    assertThat(circuit.get().lastError().detail()).isEqualTo("response timeout");
  }

  @Test
  void answeredWhenErrorsAreFewThenHealthy() {
    answers(200, 100);
    answers(500, 40);

    assertThat(circuit.isHealthy()).isTrue();
  }

  @Test
  void answeredWhenTheRequestWasWrongThenHealthy() {
    answers(404, 100);
    answers(429, 100);

    assertThat(circuit.isHealthy()).isTrue();
  }

  @Test
  void answeredWhenErrorsAreFarApartThenHealthy() {
    for (int i = 0; i < 5; i++) {
      answers(500, Circuit.ERRORS - 1);
      pass(Circuit.WINDOW.plusSeconds(1));
    }

    assertThat(circuit.isHealthy()).isTrue();
  }

  @Test
  void failingWhenRestIsOverThenWarmsUpAndRestsTwiceAsLongTheNextTime() {
    answers(500, Circuit.ERRORS);
    pass(Circuit.REST.minusNanos(1));
    assertThat(circuit.state()).isEqualTo(State.FAILING);
    pass(Duration.ofNanos(1));
    assertThat(circuit.state()).isEqualTo(State.WARMING);

    answers(500, Circuit.ERRORS_WARMING);
    pass(Circuit.REST);
    assertThat(circuit.state()).isEqualTo(State.FAILING);
    pass(Circuit.REST);
    assertThat(circuit.state()).isEqualTo(State.WARMING);
  }

  @Test
  void failingWhenUnreachableThenDown() {
    answers(500, Circuit.ERRORS);

    unreachable(Circuit.STRIKES);

    assertThat(circuit.isDown()).isTrue();
  }
}
