package dev.sallyport.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The texts behind the keys: variables over the file over the defaults, `_FILE` read, unknown keys
/// refused.
final class RawSettings {
  private static final String PREFIX = "SALLYPORT_";
  // Set for the launcher, or for the server's own scripts; not ours to judge.
  private static final List<String> FOREIGN = List.of("SALLYPORT_JAVA_HOME");

  private final Map<SettingKey, String> values = new EnumMap<>(SettingKey.class);
  private final List<String> problems = new ArrayList<>();

  private RawSettings() {}

  static RawSettings read(Map<String, String> environment) {
    RawSettings raw = new RawSettings();
    Map<String, String> given = new TreeMap<>();
    String file = environment.get(SettingKey.CONFIG.key());
    if (file != null) {
      raw.readFile(Path.of(file), given);
    }
    environment.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX) && !FOREIGN.contains(key)) {
            given.put(key, value);
          }
        });
    given.forEach(raw::accept);
    return raw;
  }

  private void readFile(Path file, Map<String, String> given) {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      problems.add("SALLYPORT_CONFIG: can't read " + file);
      return;
    }
    properties.stringPropertyNames().forEach(key -> given.put(key, properties.getProperty(key)));
  }

  private void accept(String key, String value) {
    SettingKey plain = find(key);
    SettingKey fromFile = key.endsWith("_FILE") ? find(key.substring(0, key.length() - 5)) : null;
    if (plain != null) {
      values.put(plain, value.strip());
    } else if (fromFile != null && fromFile.isSecret()) {
      readSecret(key, fromFile, value);
    } else {
      problems.add(key + ": there is no such setting");
    }
  }

  private void readSecret(String key, SettingKey setting, String path) {
    try {
      values.put(setting, Files.readString(Path.of(path)).strip());
    } catch (IOException | RuntimeException e) {
      problems.add(key + ": can't read the file");
    }
  }

  private static @Nullable SettingKey find(String key) {
    for (SettingKey setting : SettingKey.values()) {
      if (setting.key().equals(key)) {
        return setting;
      }
    }
    return null;
  }

  @Nullable String text(SettingKey key) {
    String value = values.get(key);
    return value == null || value.isEmpty() ? key.standard() : value;
  }

  void problem(SettingKey key, String sentence) {
    problems.add(key.key() + ": " + sentence);
  }

  List<String> problems() {
    return problems;
  }
}
