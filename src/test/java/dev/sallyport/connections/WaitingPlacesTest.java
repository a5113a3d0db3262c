package dev.sallyport.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.problem.SallyportException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WaitingPlacesTest {
  private final WaitingPlaces places = new WaitingPlaces(4, Duration.ZERO);

  private String within(String app, Supplier<String> work) {
    return places.waiting(app, work);
  }

  private void assertRefused(String app) {
    assertThatThrownBy(() -> within(app, () -> "in")).isInstanceOf(SallyportException.class);
  }

  @Test
  void waitingWhenHalfIsTakenByOneAppThenOnlyOthersGetIn() {
    String seen =
        within(
            "slow",
            () ->
                within(
                    "slow",
                    () -> {
                      assertRefused("slow");
                      return within("other", () -> "in");
                    }));

    assertThat(seen).isEqualTo("in");
    assertThat(within("slow", () -> "again")).isEqualTo("again");
  }

  @Test
  void waitingWhenAllAreTakenThenNobodyGetsInUntilOneIsFree() {
    String seen =
        within(
            "a",
            () ->
                within(
                    "b",
                    () ->
                        within(
                            "c",
                            () -> {
                              within(
                                  "d",
                                  () -> {
                                    assertRefused("e");
                                    return "";
                                  });
                              return within("e", () -> "in");
                            })));

    assertThat(seen).isEqualTo("in");
  }

  @Test
  void waitingWhenAPlaceComesFreeInTimeThenGetsIn() throws Exception {
    var patient = new WaitingPlaces(2, Duration.ofSeconds(30));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(
          () ->
              patient.waiting(
                  "app",
                  () -> {
                    begun.countDown();
                    return awaited(done);
                  }));
      assertThat(awaited(begun)).isTrue();
      Future<String> second = threads.submit(() -> patient.waiting("app", () -> "in"));
      assertThat(second.isDone()).isFalse();
      done.countDown();
      assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo("in");
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
