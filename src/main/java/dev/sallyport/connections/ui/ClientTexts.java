package dev.sallyport.connections.ui;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// OAuth clients in words for an admin.
final class ClientTexts {
  private ClientTexts() {}

  static String kind(@Nullable String kind) {
    return switch (Objects.requireNonNullElse(kind, "")) {
      case "pre_registered" -> "the client that an admin added here";
      case "metadata_document" -> "a client that describes itself (CIMD)";
      case "registered" -> "a client that registers itself";
      default -> "nobody yet: a client is missing";
    };
  }

  static String origin(String kind) {
    return kind.equals("registered") ? "Registered itself" : "Added by an admin";
  }

  static String authentication(String method) {
    return switch (method) {
      case "basic" -> "Secret in the header";
      case "post" -> "Secret in the body";
      default -> "No secret";
    };
  }
}
