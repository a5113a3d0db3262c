package dev.sallyport.logout;

import dev.sallyport.appsessions.PersonSessions;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.connections.grants.GrantEnd;
import dev.sallyport.connections.grants.GrantEnding;
import dev.sallyport.connections.grants.Person;
import dev.sallyport.consolesessions.ConsoleSessions;
import dev.sallyport.users.UserDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/// Does what a verified logout token asks for, once, in one transaction.
@Stateless
@NoPermissionNeeded("The issuer's signature is the permission.")
public class BackChannelLogout {
  @Inject ConsumedTokens consumed;
  @Inject ConsoleSessions consoleSessions;
  @Inject PersonSessions appSessions;
  @Inject GrantEnding connections;
  @Inject SignedOutPeople signedOut;
  @Inject UserDirectory users;
  @Inject AuditLog audit;

  /// Ends what the token covers. A token that was used already does nothing.
  public void end(LogoutToken token) {
    if (!consumed.consume(token)) {
      audit.record(entry(AuditEventName.BACK_CHANNEL_LOGOUT_REPEATED, token));
      return;
    }
    boolean wholePerson = token.party().endsPerson();
    List<String> people = token.party().endsConnections() ? signedOut.subjects(token) : List.of();
    int ofConsole =
        consoleSessions.endOfPerson(token.issuer(), token.subject(), token.sid(), wholePerson);
    int ofApps =
        appSessions.logout(
            new PersonSessions.PersonLogout(
                token.issuer(), token.subject(), token.sid(), wholePerson, token.party().name()));
    audit.record(
        entry(AuditEventName.BACK_CHANNEL_LOGOUT, token)
            .with("consoleSessions", ofConsole)
            .with("appSessions", ofApps)
            .with("connections", endConnections(token, people)));
  }

  private int endConnections(LogoutToken token, List<String> people) {
    return people.stream()
        .map(subject -> new Person(token.issuer(), subject))
        .mapToInt(
            person -> connections.endOfPerson(person, GrantEnd.LOGGED_OUT, token.party().name()))
        .sum();
  }

  private AuditEntry entry(AuditEventName event, LogoutToken token) {
    AuditEntry entry =
        AuditEntry.success(event)
            .with("provider", token.party().name())
            .with("issuer", token.issuer())
            .with("subject", token.subject())
            .with("sid", shortened(token));
    String subject = token.subject();
    return subject == null
        ? entry
        : users
            .byPerson(token.issuer(), subject)
            .map(user -> entry.on("user", user.id(), user.displayName()))
            .orElse(entry);
  }

  private static String shortened(LogoutToken token) {
    String sid = token.sid();
    return sid == null ? "none" : sid.substring(0, Math.min(8, sid.length()));
  }
}
