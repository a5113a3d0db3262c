package dev.sallyport.appsessions.ui;

import dev.sallyport.appsessions.SessionDetails;
import dev.sallyport.appsessions.SessionFilter;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Count;
import dev.sallyport.console.TimeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What people read before and after a session ends.
final class EndTexts {
  private static final String CUT =
      "Calls and open streams are cut, on every node, within a second.";
  private static final String REFUSED =
      "Tokens used so far are refused from now on; the person must sign in again.";
  private static final String MAY_RETURN =
      "May return by refresh: where the identity provider sends neither a session id (sid) nor the"
          + " time of sign-in (auth_time), a token that it refreshes later opens a new session.";

  private EndTexts() {}

  /// How it ended, in one line; empty while it is live.
  static String summary(SessionDetails session, Instant now) {
    Instant endedAt = session.endedAt();
    if (endedAt == null) {
      return "";
    }
    return reason(session) + ", " + TimeText.relative(endedAt, now);
  }

  /// Why it ended and who did it.
  static String reason(SessionDetails session) {
    String reason = Objects.requireNonNullElse(session.endedReason(), "ended");
    return switch (reason) {
      case "revoked" -> "Ended by " + Objects.requireNonNullElse(session.endedBy(), "an admin");
      case "expired" -> "Expired";
      case "idle" -> "Idle for too long";
      case "app-deleted" -> "App deleted";
      case "signed-out" -> "Signed out here";
      case "logged-out" -> "Signed out at the identity provider";
      case "deactivated" ->
          "Person deactivated by " + Objects.requireNonNullElse(session.endedBy(), "an admin");
      case "blocked" -> "Blocked by " + Objects.requireNonNullElse(session.endedBy(), "an admin");
      default -> reason;
    };
  }

  static Confirm.Question one(SessionDetails session, boolean mayReturn) {
    return new Confirm.Question(
        "End this session?", using(session), consequences(mayReturn), "End session");
  }

  private static String using(SessionDetails session) {
    String through = session.client() == null ? "" : " through " + session.client();
    return "%s is using %s%s.".formatted(session.username(), session.app(), through);
  }

  private static String owners(List<SessionDetails> sessions) {
    long people = sessions.stream().map(s -> s.issuer() + "\n" + s.subject()).distinct().count();
    return people == 1
        ? "All are those of " + sessions.getFirst().username() + "."
        : "They belong to " + Count.plain(people) + " people.";
  }

  static Confirm.Question selected(List<SessionDetails> sessions, boolean mayReturn) {
    String count = Count.of(sessions.size(), "session");
    return new Confirm.Question(
        "End " + count + "?",
        sessions.size() == 1 ? using(sessions.getFirst()) : owners(sessions),
        consequences(mayReturn),
        "End " + count);
  }

  static Confirm.Question matching(SessionFilter filter, long number) {
    String count = Count.of(number, "session");
    return new Confirm.Question(
        number == 1 ? "End the one session that matches?" : "End all " + count + " that match?",
        "Live sessions where " + describe(filter) + ". Sessions that start after this moment stay.",
        List.of(CUT, REFUSED, MAY_RETURN),
        "End " + count);
  }

  private static List<String> consequences(boolean mayReturn) {
    return mayReturn ? List.of(CUT, REFUSED, MAY_RETURN) : List.of(CUT, REFUSED);
  }

  static String describe(SessionFilter filter) {
    List<String> parts = new ArrayList<>();
    part(parts, "the user begins with", filter.user());
    part(parts, "the app is", filter.app());
    part(parts, "the client is", filter.client());
    part(parts, "the issuer is", filter.issuer());
    part(parts, "the config is", filter.config());
    part(parts, "the subject is", filter.subject());
    return String.join(" and ", parts);
  }

  private static void part(List<String> parts, String words, @Nullable String value) {
    if (value != null) {
      parts.add(words + " “" + value + "”");
    }
  }
}
