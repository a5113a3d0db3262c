package dev.sallyport.connections.grants;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one way in which grants end, within the caller's transaction. What may still be worth
/// something is revoked at its server afterwards (see [IssuerRevocation]); what is not is wiped.
@Stateless
@NoPermissionNeeded("Services and events end grants; who asks was checked before.")
public class GrantEnding {
  private static final String ONE_APP =
      """
      (select min(a.app_id) from connection_grant_app a where a.grant_id = g.id
        having count(*) = 1) as app_id\
      """;

  @Inject Sql sql;
  @Inject Clock clock;
  @Inject GrantChanges changes;
  @Inject AuditLog audit;

  /// A grant that ended.
  ///
  /// @param appId what it served, if that was one app
  public record EndedGrant(
      String id, Person person, String username, String server, @Nullable String appId) {}

  /// Ends one; answers whether it was live.
  public boolean endOne(String id, GrantEnd reason, String by) {
    return !told(end("g.id = ?", List.of(id), reason, by), reason).isEmpty();
  }

  /// Ends one unless it has changed since it was read: what a late answer says of old tokens must
  /// not end a new sign-in.
  public void endAsRead(StoredGrant grant, GrantEnd reason) {
    told(
        end("g.id = ? and g.revision = ?", List.of(grant.id(), grant.revision()), reason, "system"),
        reason);
  }

  /// Makes whoever ends everything of the person wait, and sees what was ended before.
  public void hold(Person person) {
    sql.lock("connection-person " + Json.write(person));
  }

  /// Ends everything that a person granted; answers how many that were.
  public int endOfPerson(Person person, GrantEnd reason, String by) {
    if (reason.endsConsent()) {
      hold(person);
      // Also what was said of grants that ended before.
      sql.update(
          "delete from connection_consent where issuer = ? and subject = ?",
          person.issuer(),
          person.subject());
    }
    return told(
            end(
                "g.issuer = ? and g.subject = ?",
                List.of(person.issuer(), person.subject()),
                reason,
                by),
            reason)
        .size();
  }

  /// Ends what belongs to a client of ours that is no more.
  public int endOfClient(String oauthClient) {
    return told(
            end("g.oauth_client = ?", List.of(oauthClient), GrantEnd.CLIENT_GONE, "system"),
            GrantEnd.CLIENT_GONE)
        .size();
  }

  /// Ends what serves this app only.
  public int endOfApp(String appId) {
    return told(
            end(
                """
                exists (select 1 from connection_grant_app a
                    where a.grant_id = g.id and a.app_id = ?)
                  and not exists (select 1 from connection_grant_app a
                    where a.grant_id = g.id and a.app_id <> ?)
                """,
                List.of(appId, appId),
                GrantEnd.APP_DELETED,
                "system"),
            GrantEnd.APP_DELETED)
        .size();
  }

  /// Ends what a timer found.
  public void endMany(String condition, List<?> arguments, GrantEnd reason) {
    told(end(condition, arguments, reason, "system"), reason);
  }

  private List<EndedGrant> told(List<EndedGrant> ended, GrantEnd reason) {
    for (EndedGrant grant : ended) {
      audit.record(
          ofApp(AuditEntry.success(AuditEventName.CONNECTION_ENDED), grant.appId())
              .on("connection", grant.id(), grant.username())
              .with("reason", reason.code())
              .with("server", grant.server())
              .with("issuer", grant.person().issuer())
              .with("subject", grant.person().subject()));
    }
    return ended;
  }

  private static AuditEntry ofApp(AuditEntry entry, @Nullable String appId) {
    return appId == null ? entry : entry.ofApp(appId);
  }

  /// Ends what somebody chose by a filter over the table as `g`; who does writes the audit.
  public List<EndedGrant> endAll(String condition, List<?> arguments, String by) {
    return end(condition, arguments, GrantEnd.REVOKED, by);
  }

  /// Ends the live ones that the condition matches, without a row in the audit for each.
  private List<EndedGrant> end(
      String condition, List<? extends @Nullable Object> arguments, GrantEnd reason, String by) {
    Instant now = clock.instant();
    List<@Nullable Object> all = new ArrayList<>();
    boolean isRevocable = reason.leavesTokens();
    all.add(now);
    all.add(reason.code());
    all.add(by);
    all.add(isRevocable ? now : null);
    for (int i = 0; i < 3; i++) {
      all.add(isRevocable);
    }
    all.addAll(arguments);
    List<EndedGrant> ended =
        sql.query(
            """
            update connection_grant g set ended_at = ?, ended_reason = ?, ended_by = ?,
              revoke_at = ?, access_token = case when ? then access_token end,
              refresh_token = case when ? then refresh_token end,
              id_token = case when ? then id_token end, revision = revision + 1
            where g.ended_at is null and (\
            """
                + condition
                + ") returning id, issuer, subject, username, server, "
                + ONE_APP,
            row ->
                new EndedGrant(
                    row.text("id"),
                    new Person(row.text("issuer"), row.text("subject")),
                    row.text("username"),
                    row.text("server"),
                    row.textOrNull("app_id")),
            all.toArray());
    if (reason.endsConsent()) {
      forgetConsents(ended);
    }
    changes.tell(ended.stream().map(EndedGrant::person).toList());
    return ended;
  }

  private void forgetConsents(List<EndedGrant> ended) {
    sql.update(
        """
        delete from connection_consent c using connection_grant g
          join connection_grant_app a on a.grant_id = g.id
        where g.id = any(?) and c.issuer = g.issuer and c.subject = g.subject
          and c.app_id = a.app_id
        """,
        (Object) ended.stream().map(EndedGrant::id).toArray(String[]::new));
  }
}
