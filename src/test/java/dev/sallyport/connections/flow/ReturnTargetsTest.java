package dev.sallyport.connections.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnTargetsTest {
  private static final String LIST =
      "https://front.test/app/done, https://any.test, https://slash.test/, http://127.0.0.1:7/x";

  private final ReturnTargets targets = new ReturnTargets();

  ReturnTargetsTest() {
    targets.settings =
        Settings.read(
            Map.of(
                "SALLYPORT_MASTER_KEY",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "SALLYPORT_CONNECT_RETURN_TO",
                LIST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://front.test/app/done",
        "https://front.test/app/done/",
        "https://front.test/app/done/more?x=1&y=%2F",
        "https://FRONT.test:443/app/done",
        "https://any.test/whatever/it/is",
        "https://any.test",
        "https://slash.test/a",
        "http://127.0.0.1:7/x?server=old",
        "/my-account",
        "/connections?tab=mine"
      })
  void acceptedWhenAnEntryCoversIt(String target) {
    assertThat(targets.accepted(target)).hasValue(target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://other.test/app/done",
        "https://front.test.evil.test/app/done",
        "https://front.test:444/app/done",
        "https://front.test/app",
        "https://front.test/app/donee",
        "https://front.test/App/done",
        "http://front.test/app/done",
        "https://front.test@evil.test/app/done",
        "https://user@front.test/app/done",
        "javascript:alert(1)//front.test/app/done",
        "https://front.test/app/done/../../admin",
        "https://front.test/app/done/%2e%2e/admin",
        "https://front.test/app/done/.%2E/admin",
        "https://front.test/app/done/%2E./admin",
        "https://front.test/app/done/./x",
        "https://front.test/app/done/..;a/x",
        "https://front.test/app/done%2fx",
        "https://front.test/app/done%5Cx",
        "https://front.test/app/done//x",
        "https://front.test/app/done#token",
        "https://front.test\\@evil.test/app/done",
        "//front.test/app/done",
        "/\\evil.test",
        "ftp://front.test/app/done",
        "mailto:x@front.test",
        "app/done",
        ""
      })
  void refusedWhenNoneDoesOrItHasTwoReadings(String target) {
    assertThat(targets.accepted(target)).isEmpty();
  }

  @Test
  void absentThenNone() {
    assertThat(targets.accepted(null)).isEmpty();
  }

  @Test
  void serverThenJoinsTheQueryAndReplacesAnother() {
    assertThat(ReturnTargets.withServer("https://a.test/x", "my app"))
        .isEqualTo("https://a.test/x?server=my+app");
    assertThat(ReturnTargets.withServer("https://a.test/x?a=%2F&server=evil&b", "app"))
        .isEqualTo("https://a.test/x?a=%2F&b&server=app");
    assertThat(ReturnTargets.withServer("/my-account", "app")).isEqualTo("/my-account?server=app");
  }
}
