package dev.sallyport.consolesessions.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/apps", "/apps/wiki/edit?tab=1&x=%20", "/a//b", "/~me"})
  void ofWhenPathOfThisSiteThenTaken(String path) {
    assertThat(ReturnPath.of(path).value()).isEqualTo(path);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "apps",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/%0d\n",
        "https://evil.example",
        "javascript:alert(1)",
        "/a\"onload=x",
        "/a<b",
        "/a'b",
        "/a\\b",
        "/auth/sign-in"
      })
  void ofWhenAnythingElseThenHome(String wanted) {
    assertThat(ReturnPath.of(wanted)).isEqualTo(ReturnPath.HOME);
  }

  @Test
  void ofWhenTooLongThenHome() {
    assertThat(ReturnPath.of("/" + "a".repeat(999)).value()).hasSize(1_000);
    assertThat(ReturnPath.of("/" + "a".repeat(1_000))).isEqualTo(ReturnPath.HOME);
  }
}
