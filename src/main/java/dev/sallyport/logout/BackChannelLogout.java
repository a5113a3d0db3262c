package dev.sallyport.logout;

import dev.sallyport.appsessions.PersonSessions;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.consolesessions.ConsoleSessions;
import dev.sallyport.users.UserDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/// Does what a verified logout token asks for, once, in one transaction.
@Stateless
@NoPermissionNeeded("The issuer's signature is the permission.")
public class BackChannelLogout {
  @Inject ConsumedTokens consumed;
  @Inject ConsoleSessions consoleSessions;
  @Inject PersonSessions appSessions;
  @Inject UserDirectory users;
  @Inject AuditLog audit;

  /// Ends what the token covers. A token that was used already does nothing.
  public void end(LogoutToken token) {
    if (!consumed.consume(token)) {
      audit.record(entry(AuditEventName.BACK_CHANNEL_LOGOUT_REPEATED, token));
      return;
    }
    boolean wholePerson = token.party().endsPerson();
    int ofConsole =
        consoleSessions.endOfPerson(token.issuer(), token.subject(), token.sid(), wholePerson);
    int ofApps =
        appSessions.logout(
            new PersonSessions.PersonLogout(
                token.issuer(), token.subject(), token.sid(), wholePerson, token.party().name()));
    audit.record(
        entry(AuditEventName.BACK_CHANNEL_LOGOUT, token)
            .with("consoleSessions", ofConsole)
            .with("appSessions", ofApps));
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
