package dev.sallyport.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerCommandTest {
  private static final String ALLOW = "SALLYPORT_OUTBOUND_ALLOW";

  private static Map<String, String> environment(
      Map<String, String> given, Map<String, String> settings) {
    return ServerCommand.environment(given, settings);
  }

  @Test
  void environmentWhenCallerAllowsHostsThenTheyJoinTheDemosOwn() {
    assertThat(environment(Map.of(ALLOW, "10.0.0.9"), Map.of(ALLOW, "127.0.0.1")))
        .containsEntry(ALLOW, "127.0.0.1,10.0.0.9");
    assertThat(environment(Map.of(ALLOW, " "), Map.of(ALLOW, "127.0.0.1")))
        .containsEntry(ALLOW, "127.0.0.1");
    assertThat(environment(Map.of(ALLOW, "10.0.0.9"), Map.of())).containsEntry(ALLOW, "10.0.0.9");
  }

  @Test
  void environmentWhenSettingIsOursThenTheCallersIsLeftOut() {
    assertThat(
            environment(
                Map.of("SALLYPORT_DB_URL_FILE", "x", "SALLYPORT_DB_USER", "y"),
                Map.of("SALLYPORT_DB_URL", "ours", "SALLYPORT_DB_USER", "ours")))
        .isEqualTo(Map.of("SALLYPORT_DB_URL", "ours", "SALLYPORT_DB_USER", "ours"));
  }

  @Test
  void environmentWhenNameIsNoSettingThenStaysBehind() {
    assertThat(environment(Map.of("SALLYPORT_NONSENSE", "x", "HOME", "/h"), Map.of()))
        .isEqualTo(Map.of("HOME", "/h"));
  }
}
