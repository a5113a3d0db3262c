package dev.sallyport.logout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogoutFormTest {
  @Test
  void tokenWhenOneFieldThenReads() {
    assertThat(LogoutForm.token("logout_token=a.b.c")).contains("a.b.c");
  }

  @Test
  void tokenWhenBesideOthersThenReads() {
    assertThat(LogoutForm.token("x=1&logout_token=a%2Eb.c&y=")).contains("a.b.c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "logout_token",
        "logout_token=",
        "token=a.b.c",
        "logout_token=a&logout_token=b",
        "logout_token=%zz"
      })
  void tokenWhenNoSuchFormThenNone(String body) {
    assertThat(LogoutForm.token(body)).isEmpty();
  }
}
