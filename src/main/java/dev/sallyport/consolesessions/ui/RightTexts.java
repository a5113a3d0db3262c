package dev.sallyport.consolesessions.ui;

/// Roles and their reasons in words.
final class RightTexts {
  private static final String PROVIDER = "provider:";

  private RightTexts() {}

  static String kind(String code) {
    return switch (code) {
      case "user" -> "a person";
      case "api-key" -> "the holder of an API key";
      case "proxy" -> "a proxy's key";
      case "workload" -> "a workload";
      default -> code;
    };
  }

  static String source(String source) {
    if (source.startsWith(PROVIDER)) {
      return "A group of yours at the sign-in provider";
    }
    return switch (source) {
      case "manual" -> "An admin assigned it";
      case "key" -> "The API key has it";
      case "bootstrap" -> "The first admin of this server";
      default -> source;
    };
  }
}
