package dev.sallyport.appsessions;

import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.persistence.Json;
import java.util.Arrays;
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

  /// The person with this client at this app, as one unambiguous text: what opening and revoking
  // lock,
  /// and what the client's handles are bound to.
  public String callerName() {
    return Json.write(Arrays.asList(appId, issuer, subject, client));
  }
}
