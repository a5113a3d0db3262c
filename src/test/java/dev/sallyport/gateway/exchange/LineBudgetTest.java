package dev.sallyport.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineBudgetTest {
  private final AtomicLong nanos = new AtomicLong();
  private final LineBudget budget = new LineBudget(nanos::get);

  private void spend() {
    for (int i = 0; i < LineBudget.PER_SECOND; i++) {
      assertThat(budget.take()).hasValue(0);
    }
  }

  @Test
  void takeWhenASecondsLinesAreWrittenThenNoneIsLeft() {
    spend();

    assertThat(budget.take()).isEmpty();
  }

  @Test
  void takeWhenTheSecondIsOverThenSaysHowManyHadNoPlaceOnce() {
    spend();
    budget.take();
    budget.take();

    nanos.addAndGet(1_000_000_000);

    assertThat(budget.take()).hasValue(2);
    assertThat(budget.take()).hasValue(0);
  }
}
