package dev.sallyport.connections.grants;

import java.util.Locale;
import java.util.Optional;

/// Why a grant ended.
public enum GrantEnd {
  /// The authorization server would not refresh it (`invalid_grant`): revoked or expired there.
  REFRESH_REFUSED(true),
  /// The same, after an answer with a rotated refresh token had been lost on its way to us.
  REFRESH_ANSWER_LOST(true),
  /// The access token is over and there was never a refresh token.
  EXPIRED(true),
  /// The app would not take the token, not even a new one.
  TOKEN_REFUSED(true),
  /// Our client at the authorization server was deleted, or forgotten there.
  CLIENT_GONE(true),
  /// The person or an admin ended it.
  REVOKED(false),
  /// The one session that it belonged to ended.
  SESSION_ENDED(false),
  DEACTIVATED(false),
  LOGGED_OUT(false),
  BLOCKED(false),
  /// Every app that it served was deleted.
  APP_DELETED(false);

  private final boolean isForSignIn;

  GrantEnd(boolean isForSignIn) {
    this.isForSignIn = isForSignIn;
  }

  /// Whether it ended by itself, so that all it takes is another sign-in.
  public boolean isForSignIn() {
    return isForSignIn;
  }

  /// Whether its tokens may still be worth something at their server.
  boolean leavesTokens() {
    return switch (this) {
      case REFRESH_REFUSED, REFRESH_ANSWER_LOST, EXPIRED, CLIENT_GONE -> false;
      case TOKEN_REFUSED, REVOKED, SESSION_ENDED, DEACTIVATED, LOGGED_OUT, BLOCKED, APP_DELETED ->
          true;
    };
  }

  /// Whether the person's word that agents may use it is over, too.
  boolean endsConsent() {
    return this == REVOKED || this == DEACTIVATED || this == BLOCKED;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<GrantEnd> ofCode(String code) {
    for (GrantEnd end : values()) {
      if (end.code().equals(code)) {
        return Optional.of(end);
      }
    }
    return Optional.empty();
  }
}
