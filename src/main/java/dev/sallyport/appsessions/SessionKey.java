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
  /// lock.
  String callerName() {
    return Json.write(Arrays.asList(appId, issuer, subject, client));
  }

  /// What the client's handles are bound to. Behind our own assertions subjects of several
  /// providers meet under one issuer; there the session that speaks through them counts, too.
  String handleOwner() {
    return Json.write(Arrays.asList(appId, issuer, subject, client, act == null ? null : sid));
  }
}
