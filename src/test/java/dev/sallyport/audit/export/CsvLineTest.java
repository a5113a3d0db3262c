package dev.sallyport.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLineTest {
  @Test
  void ofWhenPlainThenJoinedByCommas() {
    assertThat(CsvLine.of("a", null, "", "b c")).isEqualTo("a,,,b c\r\n");
  }

  @Test
  void ofWhenCommaQuoteOrLineBreakThenQuoted() {
    assertThat(CsvLine.of("a,b", "say \"x\"", "1\n2"))
        .isEqualTo("\"a,b\",\"say \"\"x\"\"\",\"1\n2\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx"})
  void ofWhenFormulaThenBeginsWithAnApostrophe(String text) {
    assertThat(CsvLine.of(text)).isEqualTo("'" + text + "\r\n");
  }

  @Test
  void ofWhenCarriageReturnBeginsThenBothSafeAndQuoted() {
    assertThat(CsvLine.of("\r=1")).isEqualTo("\"'\r=1\"\r\n");
  }

  @Test
  void ofWhenFormulaIsNotFirstThenAsItIs() {
    assertThat(CsvLine.of("a=1", "x@y.example")).isEqualTo("a=1,x@y.example\r\n");
  }
}
