package dev.sallyport.consolesessions.ui;

import dev.sallyport.console.Confirm;
import dev.sallyport.keyring.KeyPurpose;
import java.util.List;
import java.util.Locale;

/// What signing keys are for, in words.
final class KeyTexts {
  private KeyTexts() {}

  static String purpose(String code) {
    return KeyPurpose.ofCode(code).map(KeyTexts::purpose).orElse(code);
  }

  private static String purpose(KeyPurpose purpose) {
    return switch (purpose) {
      case CONSOLE_COOKIES -> "Console cookies";
      case ASSERTIONS -> "Assertions to upstreams";
      case API_TOKENS -> "Machine tokens";
      case AUDIT -> "Audit checkpoints";
    };
  }

  static Confirm.Question question(String code) {
    String what = purpose(code).toLowerCase(Locale.ROOT);
    boolean isAtOnce =
        List.of(KeyPurpose.CONSOLE_COOKIES.code(), KeyPurpose.AUDIT.code()).contains(code);
    return new Confirm.Question(
        "Rotate the key for " + what + "?",
        "A new key is made, and the present one is retired.",
        List.of(
            isAtOnce
                ? "The new key signs at once."
                : "The new key is published now and signs in ten minutes, when everybody knows it.",
            "What the present key signed stays good until it ends; nobody is signed out.",
            "A key that leaked goes on to verify for that long: end the sessions as well."),
        "Rotate");
  }
}
