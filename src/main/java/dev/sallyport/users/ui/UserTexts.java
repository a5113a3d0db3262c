package dev.sallyport.users.ui;

import dev.sallyport.console.Confirm;
import dev.sallyport.users.UserSummary;
import java.util.List;
import java.util.Objects;

/// What people read before a user is let in no more, or again.
final class UserTexts {
  private UserTexts() {}

  static boolean isDeactivated(UserSummary user) {
    return user.deactivatedAt() != null;
  }

  static String provider(UserSummary user) {
    return Objects.requireNonNullElse(user.provider(), "gone");
  }

  static String roles(UserSummary user) {
    return user.roles().isEmpty() ? "none" : String.join(", ", user.roles());
  }

  static Confirm.Question deactivate(UserSummary user) {
    return new Confirm.Question(
        "Deactivate " + user.displayName() + "?",
        "%s at %s.".formatted(user.subject(), user.issuer()),
        List.of(
            "They are signed out of this console at once.",
            "Their sessions at every app end: calls and open streams are cut, on every node.",
            "API keys that belong to them end for good.",
            "No token of theirs is let in, and they can't sign in, until somebody reactivates them."),
        "Deactivate");
  }

  static Confirm.Question reactivate(UserSummary user) {
    return new Confirm.Question(
        "Reactivate " + user.displayName() + "?",
        "%s at %s.".formatted(user.subject(), user.issuer()),
        List.of(
            "They may sign in again, and tokens of theirs open sessions again.",
            "They have the roles that are still assigned: " + roles(user) + ".",
            "What ended stays ended; API keys must be made anew."),
        "Reactivate");
  }
}
