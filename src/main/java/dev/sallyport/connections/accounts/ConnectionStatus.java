package dev.sallyport.connections.accounts;

import dev.sallyport.connections.grants.GrantEnd;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a connection does.
public enum ConnectionStatus {
  /// Calls can be made.
  CONNECTED,
  /// It ended by itself; another sign-in makes it good.
  AUTH_REQUIRED,
  /// Its server gives no new token at the moment; it is asked again.
  REFRESH_FAILING,
  /// Somebody ended it, or something that it hung on ended.
  REVOKED;

  /// The form in REST, such as `auth_required`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ConnectionStatus> ofCode(String code) {
    return Arrays.stream(values()).filter(status -> status.code().equals(code)).findFirst();
  }

  /// The same in SQL; one parameter: now.
  static final String SQL =
      """
      case when g.ended_at is not null then
          case when g.ended_reason in (%s) then 'auth_required' else 'revoked' end
        when g.refresh_token is null and g.expires_at <= ? then 'auth_required'
        when g.failures > 0 then 'refresh_failing'
        else 'connected' end
      """
          .formatted(
              Arrays.stream(GrantEnd.values())
                  .filter(GrantEnd::isForSignIn)
                  .map(end -> "'" + end.code() + "'")
                  .collect(Collectors.joining(", ")));
}
