package dev.sallyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.crypto.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFilesTest {
  @TempDir Path folder;

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  @Test
  void readWhenSecretIsInAFileThenStripped() throws IOException {
    String key = file("key", "from-a-file\n");
    assertThat(Settings.read(Map.of("SALLYPORT_MASTER_KEY_FILE", key)).masterKey())
        .isEqualTo(new Secret("from-a-file"));
  }

  @Test
  void readWhenSecretFileIsEmptyThenMissing() throws IOException {
    String key = file("key", "\n");
    assertThatThrownBy(() -> Settings.read(Map.of("SALLYPORT_MASTER_KEY_FILE", key)))
        .hasMessageContaining("SALLYPORT_MASTER_KEY: must be set");
  }

  @Test
  void readWhenSecretFileIsUnreadableThenNamed() {
    String key = folder.resolve("none").toString();
    assertThatThrownBy(() -> Settings.read(Map.of("SALLYPORT_MASTER_KEY_FILE", key)))
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining("SALLYPORT_MASTER_KEY_FILE: can't read the file");
  }

  @Test
  void readWhenConfigFileIsNamedThenTakenUnderVariables() throws IOException {
    String config =
        file(
            "sallyport.properties",
            """
            # comment
            SALLYPORT_MASTER_KEY=in-the-file
            SALLYPORT_DB_USER=file
            SALLYPORT_LIMIT_API_PER_MINUTE=5
            """);
    Settings settings =
        Settings.read(Map.of("SALLYPORT_CONFIG", config, "SALLYPORT_DB_USER", "variable"));
    assertThat(settings.masterKey()).isEqualTo(new Secret("in-the-file"));
    assertThat(settings.database().run().user()).isEqualTo("variable");
    assertThat(settings.limits().api()).isEqualTo(5);
  }

  @Test
  void readWhenVariableIsSetThenSecretFileOfTheConfigFileIsNotEvenRead() throws IOException {
    String config = file("c", "SALLYPORT_MASTER_KEY_FILE=" + folder.resolve("none"));
    Settings settings =
        Settings.read(Map.of("SALLYPORT_CONFIG", config, "SALLYPORT_MASTER_KEY", "variable"));
    assertThat(settings.masterKey()).isEqualTo(new Secret("variable"));
  }

  @Test
  void readWhenVariableNamesAFileThenWinsOverTheConfigFile() throws IOException {
    String config = file("c", "SALLYPORT_MASTER_KEY=in-the-file");
    String key = file("key", "from-a-file");
    Settings settings =
        Settings.read(Map.of("SALLYPORT_CONFIG", config, "SALLYPORT_MASTER_KEY_FILE", key));
    assertThat(settings.masterKey()).isEqualTo(new Secret("from-a-file"));
  }

  @Test
  void readWhenBothFormsStandInOneSourceThenRefused() throws IOException {
    String key = file("key", "from-a-file");
    String sentence =
        "SALLYPORT_MASTER_KEY_FILE: stands beside SALLYPORT_MASTER_KEY; give only one of them";
    assertThatThrownBy(
            () ->
                Settings.read(
                    Map.of("SALLYPORT_MASTER_KEY", "k", "SALLYPORT_MASTER_KEY_FILE", key)))
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining(sentence);
    String config = file("c", "SALLYPORT_MASTER_KEY=k\nSALLYPORT_MASTER_KEY_FILE=" + key);
    assertThatThrownBy(() -> Settings.read(Map.of("SALLYPORT_CONFIG", config)))
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void readWhenConfigFileIsNamedByNothingThenNone() {
    assertThat(Settings.read(Map.of("SALLYPORT_CONFIG", " ", "SALLYPORT_MASTER_KEY", "k")))
        .isEqualTo(Settings.read(Map.of("SALLYPORT_MASTER_KEY", "k")));
  }

  @Test
  void readWhenConfigFileIsAFolderThenNamed() {
    assertThatThrownBy(() -> Settings.read(Map.of("SALLYPORT_CONFIG", folder.toString())))
        .hasMessageContaining("SALLYPORT_CONFIG: can't read " + folder);
  }

  @Test
  void readWhenConfigFileHoldsUnknownKeysThenNamed() throws IOException {
    String config = file("c", "SALLYPORT_MASTER_KEY=k\nSALLYPORT_FOO=1\nPUBLIC_URL=http://[::1]\n");
    assertThatThrownBy(() -> Settings.read(Map.of("SALLYPORT_CONFIG", config)))
        .hasMessageContaining("SALLYPORT_FOO: there is no such setting")
        .hasMessageContaining("PUBLIC_URL: there is no such setting");
  }

  @Test
  void readWhenConfigFileIsMissingThenNamed() {
    String config = folder.resolve("none").toString();
    assertThatThrownBy(
            () -> Settings.read(Map.of("SALLYPORT_CONFIG", config, "SALLYPORT_MASTER_KEY", "k")))
        .hasMessageContaining("SALLYPORT_CONFIG: can't read " + config);
  }

  @Test
  void readWhenConfigFileIsBrokenThenNamed() throws IOException {
    String config = file("c", "SALLYPORT_MASTER_KEY=\\u00zz");
    assertThatThrownBy(() -> Settings.read(Map.of("SALLYPORT_CONFIG", config)))
        .hasMessageContaining("SALLYPORT_CONFIG: can't read " + config);
  }
}
