package dev.sallyport.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchOptionsTest {
  private static final Path CALLER = Path.of("/home/someone");
  private static final Path STANDARD = Path.of("/checkout/.data");

  @Test
  void parseWhenNothingIsGivenThenStandards() {
    assertThat(parse()).isEqualTo(new LaunchOptions(8080, STANDARD, true, 1));
  }

  @Test
  void parseWhenAllIsGivenThenTaken() {
    assertThat(parse("--port", "9000", "--no-demo", "--data", "/var/other", "--nodes", "2"))
        .isEqualTo(new LaunchOptions(9000, Path.of("/var/other"), false, 2));
  }

  @Test
  void parseWhenFolderIsRelativeThenMeantFromTheCaller() {
    assertThat(parse("--data", "d").data()).isEqualTo(CALLER.resolve("d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "65536", ""})
  void parseWhenPortIsNoneThenSaidInOneLine(String port) {
    assertThatThrownBy(() -> parse("--port", port))
        .isInstanceOf(LaunchFailedException.class)
        .hasMessageContaining("--port must be a number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "5", "two"})
  void parseWhenNodesAreTooFewOrManyThenSaidInOneLine(String nodes) {
    assertThatThrownBy(() -> parse("--nodes", nodes))
        .isInstanceOf(LaunchFailedException.class)
        .hasMessage("--nodes must be a number from 1 to 4, not " + nodes + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--data", "--port", "--nodes", "--prot"})
  void parseWhenIncompleteOrUnknownThenNamesTheOption(String option) {
    assertThatThrownBy(() -> parse(option))
        .isInstanceOf(LaunchFailedException.class)
        .hasMessageContaining(option);
  }

  private static LaunchOptions parse(String... arguments) {
    return LaunchOptions.parse(List.of(arguments), CALLER, STANDARD);
  }
}
