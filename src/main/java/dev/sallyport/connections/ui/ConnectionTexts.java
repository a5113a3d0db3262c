package dev.sallyport.connections.ui;

import dev.sallyport.connections.accounts.ConnectionDetails;
import dev.sallyport.connections.accounts.ConnectionDetails.ConsentDetails;
import dev.sallyport.connections.accounts.ConnectionDetails.ServedApp;
import dev.sallyport.connections.accounts.ConnectionStatus;
import dev.sallyport.connections.grants.GrantEnd;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Connections in words.
final class ConnectionTexts {
  private ConnectionTexts() {}

  static String apps(ConnectionDetails connection) {
    return connection.apps().isEmpty()
        ? connection.resource()
        : connection.apps().stream().map(ServedApp::name).collect(Collectors.joining(", "));
  }

  static ConnectionStatus status(ConnectionDetails connection) {
    return ConnectionStatus.valueOf(connection.status().toUpperCase(Locale.ROOT));
  }

  static String label(ConnectionStatus status) {
    return switch (status) {
      case CONNECTED -> "Connected";
      case AUTH_REQUIRED -> "Sign-in needed";
      case REFRESH_FAILING -> "Refresh failing";
      case REVOKED -> "Ended";
    };
  }

  static Status badge(ConnectionDetails connection) {
    ConnectionStatus status = status(connection);
    Status.Tone tone =
        switch (status) {
          case CONNECTED -> Status.Tone.GOOD;
          case AUTH_REQUIRED -> Status.Tone.BAD;
          case REFRESH_FAILING -> Status.Tone.WARNING;
          case REVOKED -> Status.Tone.OFF;
        };
    return new Status(tone, label(status));
  }

  /// Why it ended, as a sentence.
  static @Nullable String ending(ConnectionDetails connection) {
    String code = connection.endedReason();
    return code == null
        ? null
        : Arrays.stream(GrantEnd.values())
            .filter(end -> end.code().equals(code))
            .map(end -> sentence(end, Objects.requireNonNullElse(connection.endedBy(), "?")))
            .findFirst()
            .orElse(code);
  }

  private static String sentence(GrantEnd end, String by) {
    return switch (end) {
      case REFRESH_REFUSED -> "The authorization server takes the connection no longer.";
      case REFRESH_ANSWER_LOST ->
          "An answer of the authorization server got lost, and it takes the old token no longer.";
      case EXPIRED -> "The token is over, and there was none to renew it with.";
      case TOKEN_REFUSED -> "The app refused even a new token.";
      case CLIENT_GONE -> "Sallyport is no longer the same client at the authorization server.";
      case REVOKED -> "Ended by " + by + ".";
      case SESSION_ENDED -> "The session that it was for has ended.";
      case DEACTIVATED -> "The person was deactivated by " + by + ".";
      case LOGGED_OUT -> "The person signed out at " + by + ".";
      case BLOCKED -> "The person was blocked by " + by + ".";
      case APP_DELETED -> "The app was deleted.";
    };
  }

  static @Nullable String revocation(ConnectionDetails connection) {
    String code = connection.revokedAtIssuer();
    return switch (Objects.requireNonNullElse(code, "")) {
      case "" -> null;
      case "pending" -> "Not yet; it is tried again.";
      case "done" -> "Yes";
      case "not-offered" -> "The authorization server does not offer it.";
      case "refused" -> "The authorization server refused.";
      default -> "The authorization server could not be reached for most of a day.";
    };
  }

  static String consent(ConsentDetails consent) {
    String who = consent.client().isEmpty() ? "An agent without a name" : consent.client();
    String what = consent.scopes().isEmpty() ? "" : ": " + String.join(" ", consent.scopes());
    return who
        + " at "
        + consent.app()
        + (consent.sessionId() == null ? "" : ", in one session")
        + what;
  }

  static Confirm.Question revoke(ConnectionDetails connection) {
    List<String> consequences = new ArrayList<>();
    consequences.add("Agents can't use it any more, on all nodes, within seconds.");
    consequences.add("It is revoked at " + connection.issuer() + ", too, where that offers it.");
    consequences.add("The next call that needs it leads to the sign-in there.");
    return new Confirm.Question(
        "Disconnect this account?",
        "The account of " + connection.person().username() + " for " + apps(connection) + ".",
        consequences,
        "Disconnect");
  }

  static Confirm.Question withdraw(ConsentDetails consent) {
    return new Confirm.Question(
        "Take the permission back?",
        consent(consent) + ".",
        List.of("The agent has to ask again with its next call. The account stays connected."),
        "Take back");
  }
}
