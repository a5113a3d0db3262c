package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.CallContext;
import dev.sallyport.problem.ProblemType;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloodTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOON.plus(Flood.WINDOW);

  private final Flood flood = new Flood();

  private static Flood.Denial denial(String address, String app) {
    return new Flood.Denial(
        AuditEntry.denied(AuditEventName.SESSION_REFUSED, ProblemType.TOKEN_EXPIRED)
            .on("app", app, app),
        new CallContext(Actor.ANONYMOUS, address, "req_1"));
  }

  private List<Flood.Denial> take(int count, String address) {
    return flood.take(Collections.nCopies(count, denial(address, "app_1")), NOON);
  }

  @Test
  void takeWhenFewThenAllPassAtOnce() {
    assertThat(take(Flood.PASSING, "192.0.2.1")).hasSize(Flood.PASSING);
    assertThat(flood.expire(LATER)).isEmpty();
  }

  @Test
  void takeWhenFloodThenTheRestIsOneRowWithItsCount() {
    assertThat(take(1_000, "192.0.2.1")).hasSize(Flood.PASSING);
    assertThat(take(10, "192.0.2.1")).isEmpty();

    assertThat(flood.expire(LATER.minusSeconds(1))).isEmpty();
    List<Flood.Denial> sums = flood.expire(LATER);

    assertThat(sums).hasSize(1);
    assertThat(sums.getFirst().entry().details())
        .containsEntry("count", "1005")
        .containsEntry("since", NOON.toString());
    assertThat(flood.expire(LATER)).isEmpty();
  }

  @Test
  void takeWhenOtherAddressOrThingThenHasAFloodOfItsOwn() {
    take(1_000, "192.0.2.1");
    assertThat(take(2, "192.0.2.2")).hasSize(2);
    assertThat(flood.take(List.of(denial("192.0.2.1", "app_2")), NOON)).hasSize(1);
  }

  @Test
  void takeWhenMinuteIsOverThenPassesAnew() {
    take(6, "192.0.2.1");
    List<Flood.Denial> due = flood.take(List.of(denial("192.0.2.1", "app_1")), LATER);
    assertThat(due).hasSize(2);
  }

  @Test
  void closeWhenFoldedThenNothingIsLost() {
    take(7, "192.0.2.1");
    assertThat(flood.close()).hasSize(1);
    assertThat(flood.close()).isEmpty();
  }
}
