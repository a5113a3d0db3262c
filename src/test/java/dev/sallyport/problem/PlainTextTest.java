package dev.sallyport.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä 漢 😀", "\u00a0"})
  void isLineWhenNoControlCharacterThenTrue(String text) {
    assertThat(PlainText.isLine(text)).isTrue();
    assertThat(PlainText.isProse(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "a\u001b[0m", "\u007f", "\u0085"})
  void isProseWhenControlCharacterThenFalse(String text) {
    assertThat(PlainText.isLine(text)).isFalse();
    assertThat(PlainText.isProse(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\r\nb", "a\tb"})
  void isLineWhenBrokenThenProseOnly(String text) {
    assertThat(PlainText.isLine(text)).isFalse();
    assertThat(PlainText.isProse(text)).isTrue();
  }

  @Test
  void isLineWhenAbsentThenTrue() {
    assertThat(PlainText.isLine(null)).isTrue();
    assertThat(PlainText.isProse(null)).isTrue();
  }
}
