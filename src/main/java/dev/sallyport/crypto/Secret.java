package dev.sallyport.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A token, key or password in memory. Every printed form is `[REDACTED]`; equality takes constant
/// time.
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /// The secret itself, for the one place that must send or compare it.
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "[REDACTED]";
  }
}
