package dev.sallyport.apps;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Which calls without an MCP session of their own stay at one upstream.
public enum Affinity {
  /// Each goes to any.
  NONE,
  /// Those of one app session.
  SESSION,
  /// Those of one person, whatever client or session they use.
  PERSON;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Affinity> of(String code) {
    return Arrays.stream(values()).filter(value -> value.code().equals(code)).findFirst();
  }
}
