package dev.sallyport.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.SallyportException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  @Test
  void decodeWhenEncodedThenTheSame() {
    Cursor cursor = Cursor.of("ä \"x\"", "aas_1");
    assertThat(cursor.encode()).matches("[A-Za-z0-9_-]+");
    assertThat(Cursor.decode(cursor.encode(), 2)).isEqualTo(cursor);
  }

  @Test
  void decodeWhenAbsentThenFirstPage() {
    assertThat(Cursor.decode(null, 2)).isNull();
    assertThat(Cursor.decode("", 2)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"a\"]",
        "[\"a\",\"b\",\"c\"]",
        "{}",
        "\"a\"",
        "[1,[2]]",
        "[\"a\",2]",
        "[\"a\",null]",
        "[\"a\",\"\\u0000\"]",
        "null",
        "[",
        ""
      })
  void decodeWhenOfAnotherShapeThenRefused(String json) {
    String text =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString((json + " ").getBytes(StandardCharsets.UTF_8));
    assertRefused(text);
  }

  @Test
  void decodeWhenNotBase64ThenRefused() {
    assertRefused("***");
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> Cursor.decode(text, 2))
        .isInstanceOfSatisfying(
            SallyportException.class,
            e -> assertThat(e.errors()).extracting(FieldProblem::field).containsExactly("after"));
  }
}
