package dev.sallyport.login.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallbackAnswerTest {
  private static CallbackAnswer read(Map<String, String> query) {
    var all = new java.util.LinkedHashMap<String, String[]>();
    query.forEach((name, value) -> all.put(name, new String[] {value}));
    return CallbackAnswer.read(all);
  }

  private static void assertIncomplete(Map<String, String> query) {
    assertThatThrownBy(() -> read(query))
        .isInstanceOfSatisfying(
            SallyportException.class,
            e -> assertThat(e.type()).isEqualTo(ProblemType.SIGN_IN_INCOMPLETE));
  }

  @Test
  void readWhenCodeAndStateAreThereThenBoth() {
    CallbackAnswer answer =
        read(Map.of("code", "c", "state", "s", "iss", "https://idp.example", "session_state", "x"));
    assertThat(answer.code().reveal()).isEqualTo("c");
    assertThat(answer.state()).isEqualTo("s");
    assertThat(answer.iss()).isEqualTo("https://idp.example");
    assertThat(answer.error()).isNull();
    assertThat(answer.toString()).doesNotContain("code=c");
  }

  @Test
  void readWhenTheProviderSaysNoThenItsError() {
    CallbackAnswer answer = read(Map.of("error", "access_denied", "state", "s"));
    assertThat(answer.error()).isEqualTo("access_denied");
    assertThat(answer.code()).isNull();
  }

  @Test
  void readWhenCodeOrStateIsMissingThenIncomplete() {
    assertIncomplete(Map.of());
    assertIncomplete(Map.of("state", "s"));
    assertIncomplete(Map.of("code", "c"));
    assertIncomplete(Map.of("code", "", "state", "s"));
  }

  @Test
  void readWhenAParameterStandsTwiceThenIncomplete() {
    assertThatThrownBy(
            () ->
                CallbackAnswer.read(
                    Map.of("code", new String[] {"a", "b"}, "state", new String[] {"s"})))
        .isInstanceOf(SallyportException.class);
  }
}
