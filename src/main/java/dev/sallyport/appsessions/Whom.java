package dev.sallyport.appsessions;

import dev.sallyport.persistence.Condition;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whom a block is about: tokens of this issuer with these members. An absent member stands for any
/// value, unless `noClient` or `noSid` says that it stands for tokens without one.
public record Whom(
    String issuer,
    @Nullable String subject,
    @Nullable String client,
    @Nullable String appId,
    @Nullable String sid,
    boolean noClient,
    boolean noSid) {

  static Whom everythingOf(String issuer, String subject) {
    return person(issuer, subject, null);
  }

  /// The person with this client, or with all, at every app.
  static Whom person(String issuer, String subject, @Nullable String client) {
    return new Whom(issuer, subject, client, null, null, false, false);
  }

  /// One sign-in at the identity provider, at whatever client: an issuer may call the person by
  /// another subject at each of them.
  static Whom signIn(String issuer, String sid) {
    return new Whom(issuer, null, null, null, sid, false, false);
  }

  /// What a person has from tokens that name no sign-in.
  static Whom withoutSid(String issuer, String subject) {
    return new Whom(issuer, subject, null, null, null, false, true);
  }

  /// What the session is bound to.
  static Whom of(SessionDetails s) {
    return new Whom(
        s.issuer(),
        s.subject(),
        s.client(),
        s.appId(),
        s.sid(),
        s.client() == null,
        s.sid() == null);
  }

  /// The person with this client at this app, by whatever sign-in.
  static Whom callerOf(SessionDetails s) {
    return new Whom(
        s.issuer(), s.subject(), s.client(), s.appId(), null, s.client() == null, false);
  }

  /// The same at one app only.
  Whom at(String app) {
    return new Whom(issuer, subject, client, app, sid, noClient, noSid);
  }

  /// The sign-ins that these sessions know of it, if it is a person by any sign-in.
  Stream<Whom> signIns(List<SessionDetails> live) {
    if (subject == null || sid != null || noSid) {
      return Stream.empty();
    }
    return live.stream()
        .filter(session -> issuer.equals(session.issuer()) && subject.equals(session.subject()))
        .flatMap(session -> Stream.ofNullable(session.sid()))
        .distinct()
        .map(
            known ->
                isPerson()
                    ? signIn(issuer, known)
                    : new Whom(issuer, subject, client, appId, known, noClient, false));
  }

  /// Whether it is a person, at every app and with every client.
  boolean isPerson() {
    return subject != null && equals(everythingOf(issuer, subject));
  }

  /// The live sessions that fall under it.
  Condition live() {
    Condition live =
        Condition.of("s.ended_at is null and s.issuer = ?", issuer)
            .andIs("s.subject", subject)
            .andIs("s.client", client)
            .andIs("s.app_id", appId)
            .andIs("s.sid", sid);
    if (noClient) {
      live = live.and("s.client is null");
    }
    return noSid ? live.and("s.sid is null") : live;
  }
}
