package dev.sallyport.apps;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How the gateway looks after an app's upstreams while no call tells how they are.
public enum HealthCheck {
  /// Not at all, until one can't be connected to.
  NONE,
  /// By connecting.
  TCP,
  /// By an MCP ping; any answer below 500 is a sign of life.
  MCP;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<HealthCheck> of(String code) {
    return Arrays.stream(values()).filter(value -> value.code().equals(code)).findFirst();
  }
}
