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
    Map<String, String> variables = new TreeMap<>(environment);
    variables.keySet().removeIf(key -> !key.startsWith(PREFIX) || FOREIGN.contains(key));
    raw.take(variables);
    String file = raw.text(SettingKey.CONFIG);
    if (file != null) {
      raw.take(raw.readFile(file));
    }
    return raw;
  }

  private Map<String, String> readFile(String file) {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      problems.add("SALLYPORT_CONFIG: can't read " + file);
      return Map.of();
    }
    Map<String, String> given = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> given.put(key, properties.getProperty(key)));
    return given;
  }

  /// Takes from one source what no stronger one gave.
  private void take(Map<String, String> source) {
    Map<SettingKey, String> taken = new EnumMap<>(SettingKey.class);
    source.forEach(
        (key, value) -> {
          SettingKey plain = find(key);
          SettingKey secret = plain == null ? secretInFile(key) : null;
          if (plain != null) {
            taken.put(plain, value.strip());
          } else if (secret == null) {
            problems.add(key + ": there is no such setting");
          } else if (source.containsKey(secret.key())) {
            problems.add(key + ": stands beside " + secret.key() + "; give only one of them");
          } else if (!values.containsKey(secret)) {
            taken.put(secret, readSecret(key, value));
          }
        });
    taken.forEach(values::putIfAbsent);
  }

  private String readSecret(String key, String path) {
    try {
      return Files.readString(Path.of(path)).strip();
    } catch (IOException | RuntimeException e) {
      problems.add(key + ": can't read the file");
      return "";
    }
  }

  private static @Nullable SettingKey secretInFile(String key) {
    SettingKey setting =
        key.endsWith("_FILE") ? find(key.substring(0, key.length() - "_FILE".length())) : null;
    return setting != null && setting.isSecret() ? setting : null;
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
