package dev.sallyport.console;

/// What somebody is, in one word for everybody who reads it.
public final class ActorText {
  private ActorText() {}

  /// `code` is the kind's, such as `api-key`.
  public static String kind(String code) {
    return switch (code) {
      case "user" -> "User";
      case "api-key" -> "API key";
      case "proxy" -> "Proxy";
      case "workload" -> "Workload";
      default -> code;
    };
  }
}
