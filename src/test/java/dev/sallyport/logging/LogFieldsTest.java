package dev.sallyport.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class LogFieldsTest {
  private static final LogFields APP = LogFields.NONE.with(LogFields.APP, "wiki");

  @Test
  void callThenLinesCarryTheFieldsAsLongAsItRuns() {
    assertThat(APP.call(() -> MDC.get("app"))).isEqualTo("wiki");

    assertThat(MDC.get("app")).isNull();
  }

  @Test
  void callWhenWithinAnotherThenTheOuterFieldsComeBack() {
    LogFields inner = LogFields.NONE.with(LogFields.APP, "files").ofSession("aas_0123456789");

    APP.run(
        () -> {
          inner.run(() -> assertThat(MDC.get("session")).isEqualTo("aas_01234567"));
          assertThat(MDC.get("app")).isEqualTo("wiki");
          assertThat(MDC.get("session")).isNull();
        });
  }

  @Test
  void runWhenTheWorkFailsThenTheFieldsAreGone() {
    assertThatThrownBy(
            () ->
                APP.run(
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");

    assertThat(MDC.get("app")).isNull();
  }

  @Test
  void withWhenNothingIsKnownThenLeftOut() {
    assertThat(APP.with(LogFields.CODE, null)).isEqualTo(APP);
  }
}
