package dev.sallyport.appauth.verification;

import dev.sallyport.jose.Claims;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tells access tokens from the other JWTs that providers sign with the same keys.
final class TokenKind {
  static final String ID = "an ID token";
  private static final String LOGOUT = "a logout token";
  private static final String LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";

  private TokenKind() {}

  /// What else the token is; null for an access token. Keycloak marks kinds in the payload's `typ`,
  /// Cognito in `token_use`; `nonce`, `at_hash` and `c_hash` belong to ID tokens (OpenID Connect
  /// Core sections 2 and 3.3.2.11), `events` to logout tokens (Back-Channel Logout section 2.4).
  static @Nullable String other(Claims claims) {
    Claims events = claims.object("events");
    if (events != null && events.names().contains(LOGOUT_EVENT)) {
      return LOGOUT;
    }
    String typ = claims.string("typ");
    return switch (typ == null ? "" : typ.toLowerCase(Locale.ROOT)) {
      case "id" -> ID;
      case "refresh" -> "a refresh token";
      case "offline" -> "an offline token";
      case "logout" -> LOGOUT;
      default -> isIdToken(claims) ? ID : null;
    };
  }

  private static boolean isIdToken(Claims claims) {
    return Stream.of("nonce", "at_hash", "c_hash").anyMatch(claims::present)
        || "id".equals(claims.string("token_use"));
  }
}
