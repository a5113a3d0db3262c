package dev.sallyport.gateway.exchange;

import io.undertow.util.HeaderValues;
import org.jspecify.annotations.Nullable;

/// What the `Authorization` header holds (RFC 6750 section 2.1).
public sealed interface BearerToken {
  /// One token.
  record Present(String text) implements BearerToken {
    @Override
    public String toString() {
      return "[REDACTED]";
    }
  }

  /// None, or another scheme.
  record Absent() implements BearerToken {}

  /// Something that could be read in two ways.
  record Ambiguous() implements BearerToken {}

  int SCHEME_LENGTH = "Bearer ".length();

  static BearerToken of(@Nullable HeaderValues values) {
    if (values == null || values.isEmpty()) {
      return new Absent();
    }
    if (values.size() > 1) {
      return new Ambiguous();
    }
    String value = values.getFirst();
    if (!value.regionMatches(true, 0, "Bearer ", 0, SCHEME_LENGTH)) {
      return new Absent();
    }
    String token = value.substring(SCHEME_LENGTH).strip();
    return token.isEmpty() ? new Absent() : new Present(token);
  }
}
