package dev.sallyport.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.problem.SallyportException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  private static Page<String> of(List<String> found) {
    return Page.of(found, 2, last -> "behind " + last, 9);
  }

  @Test
  void ofWhenThereIsOneMoreThenCutAndTheCursorIsOfTheLastThatIsShown() {
    assertThat(of(List.of("a", "b", "c"))).isEqualTo(new Page<>(List.of("a", "b"), "behind b", 9));
  }

  @Test
  void ofWhenThereIsNoMoreThenTheLastPage() {
    assertThat(of(List.of("a", "b"))).isEqualTo(new Page<>(List.of("a", "b"), null, 9));
    assertThat(of(List.of())).isEqualTo(new Page<>(List.of(), null, 9));
  }

  @Test
  void limitWhenAbsentThenTheUsual() {
    assertThat(Page.limit(null)).isEqualTo(50);
    assertThat(Page.limitOfWhole(null)).isEqualTo(1_000);
  }

  @Test
  void limitWhenWithinBoundsThenAsAsked() {
    assertThat(Page.limit("1")).isEqualTo(1);
    assertThat(Page.limit("200")).isEqualTo(200);
    assertThat(Page.limitOfWhole("1000")).isEqualTo(1_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "201", "-1", "5.0", "many", "99999999999"})
  void limitWhenNoneOfAPageThenRefusedWithWhatWouldBeRight(String text) {
    assertThatThrownBy(() -> Page.limit(text))
        .isInstanceOf(SallyportException.class)
        .hasMessageContaining("must be 1 to 200.");
    assertThatThrownBy(() -> Page.limitOfWhole(text.equals("201") ? "1001" : text))
        .isInstanceOf(SallyportException.class);
  }
}
