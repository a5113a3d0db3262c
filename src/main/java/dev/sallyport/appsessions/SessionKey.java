package dev.sallyport.appsessions;

import dev.sallyport.appauth.verification.VerifiedToken;
import org.jspecify.annotations.Nullable;

/// What a session is bound to; absence of client, `sid` or `act` is a value of its own.
public record SessionKey(
    String appId,
    String issuer,
    String subject,
    @Nullable String client,
    @Nullable String sid,
    @Nullable String act) {

  static SessionKey of(String appId, VerifiedToken token) {
    return new SessionKey(
        appId, token.iss(), token.subject(), token.client(), token.sid(), token.act());
  }

  /// What opening and revoking lock: the person with this client at this app.
  String lockName() {
    return String.join("\0", "session", appId, issuer, subject, String.valueOf(client));
  }
}
