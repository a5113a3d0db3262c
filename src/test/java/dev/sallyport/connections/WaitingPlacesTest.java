package dev.sallyport.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.problem.SallyportException;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WaitingPlacesTest {
  private final WaitingPlaces places = new WaitingPlaces(4);

  private String within(String app, Supplier<String> work) {
    return places.waiting(app, Duration.ZERO, work);
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
}
