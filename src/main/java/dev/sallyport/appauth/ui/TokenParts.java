package dev.sallyport.appauth.ui;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What a token says, made readable for whoever pasted it; nothing of it is verified. The signature
/// is left out, so the text opens no door.
record TokenParts(String header, String payload) {
  private static final int MAX_LENGTH = 16 * 1024;
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// Null for what is no JWT.
  static @Nullable TokenParts of(String token) {
    String[] parts = token.strip().split("\\.", -1);
    if (parts.length != 3 || token.length() > MAX_LENGTH) {
      return null;
    }
    try {
      return new TokenParts(pretty(parts[0]), pretty(parts[1]));
    } catch (IllegalArgumentException | JacksonException e) {
      return null; // the checks say what is wrong with it
    }
  }

  private static String pretty(String part) {
    byte[] json = Base64.getUrlDecoder().decode(part);
    return PRETTY.writeValueAsString(PRETTY.readTree(new String(json, StandardCharsets.UTF_8)));
  }

  @Override
  public String toString() {
    return "[REDACTED]";
  }
}
