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
import java.util.LinkedHashSet;
import java.util.Set;

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
    consoleSessions.holdSignIns(token.issuer());
    Set<String> people = signedOut.subjects(token);
    int ofConsole = endConsole(token, people);
    // Console sessions come before the lock of app sessions, as wherever both end. Whoever opened
    // an app meanwhile is known only behind it.
    appSessions.holdOpenings();
    Set<String> all = signedOut.subjects(token);
    Set<String> late = new LinkedHashSet<>(all);
    late.removeAll(people);
    if (!late.isEmpty()) {
      ofConsole += endConsole(token, late);
    }
    audit.record(
        entry(AuditEventName.BACK_CHANNEL_LOGOUT, token)
            .with("consoleSessions", ofConsole)
            .with("appSessions", endApps(token, all))
            .with("connections", endConnections(token, all)));
  }

  private int endConsole(LogoutToken token, Set<String> people) {
    return consoleSessions.endOfPerson(
        token.issuer(), people, token.sid(), token.party().endsPerson());
  }

  private int endApps(LogoutToken token, Set<String> people) {
    LogoutParty party = token.party();
    return appSessions.logout(
        new PersonSessions.PersonLogout(
            token.issuer(), people, token.sid(), party.endsPerson(), party.name()));
  }

  private int endConnections(LogoutToken token, Set<String> people) {
    if (!token.party().endsConnections()) {
      return 0;
    }
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
