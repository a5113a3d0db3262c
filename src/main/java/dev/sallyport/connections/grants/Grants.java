package dev.sallyport.connections.grants;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.CallContext;
import dev.sallyport.connections.grants.GrantRefresh.Wish;
import dev.sallyport.crypto.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the gateway and the sign-in flow ask of the vault. Asked on the cold path only; may wait
/// for an authorization server.
@ApplicationScoped
public class Grants {
  @Inject GrantStore store;
  @Inject GrantWriter writer;
  @Inject GrantFlights flights;
  @Inject GrantRecords records;
  @Inject RefreshLog log;
  @Inject GrantEnding ending;
  @Inject GrantChanges changes;
  @Inject Consents consents;
  @Inject AuditLog audit;
  @Inject Clock clock;

  /// A token to send, refreshed when it is about to end. While its server is down, one that still
  /// serves goes on.
  public GrantToken token(GrantKey key) {
    return store.live(key).map(this::current).orElseGet(() -> absent(key));
  }

  private GrantToken current(StoredGrant grant) {
    Instant now = clock.instant();
    if (grant.isDue(now) && grant.mayTry(now)) {
      return flights.refresh(grant, Wish.WHEN_DUE);
    }
    GrantToken token = grant.token(now);
    return token instanceof GrantToken.Ended ? over(grant) : token;
  }

  /// Refreshes now, whatever the present token is worth.
  public GrantToken refreshNow(String grantId) {
    return store
        .byId(grantId)
        .map(grant -> flights.refresh(grant, Wish.NOW))
        .orElseGet(GrantToken.Missing::new);
  }

  /// How this node's refreshes went.
  public RefreshCounts refreshes() {
    return log.counts();
  }

  private GrantToken over(StoredGrant grant) {
    return CallContext.system().call(() -> records.over(grant, GrantEnd.EXPIRED));
  }

  private GrantToken absent(GrantKey key) {
    return store
        .lastEnd(key)
        .<GrantToken>map(GrantToken.Ended::new)
        .orElseGet(GrantToken.Missing::new);
  }

  /// A token that was made for the app and for where the call goes, as it is and without asking
  /// anybody: for as long as nobody can tell which server and client the app wants now.
  public Optional<GrantToken.Good> serving(ServedCall call) {
    Instant now = clock.instant();
    return store.serving(call.person(), call.appId(), call.sessionId()).stream()
        .filter(grant -> ResourceScope.covers(grant.key().resource(), call.url()))
        .filter(grant -> grant.isUsable(now))
        .findFirst()
        .map(grant -> grant.token(now))
        .map(GrantToken.Good.class::cast);
  }

  /// A token other than this one, which the upstream answered with 401: a newer one that is there
  /// already, or one by a refresh. One that is brand-new and refused ends the grant.
  public GrantToken refused(GrantKey key, Secret accessToken) {
    GrantToken token =
        store
            .live(key)
            .map(grant -> flights.refresh(grant, Wish.unless(accessToken)))
            .orElseGet(() -> absent(key));
    return token instanceof GrantToken.Good good && good.accessToken().equals(accessToken)
        ? new GrantToken.Unavailable("The app refuses the token, and there is no new one now.")
        : token;
  }

  /// The keys of the person's grants that serve this one's resource, too: the same server and
  /// client, and a resource that this one lies under.
  public List<GrantKey> shareable(GrantKey key) {
    return store.resources(key).stream()
        .filter(resource -> ResourceScope.covers(resource, key.resource()))
        .map(
            resource ->
                new GrantKey(key.person(), key.server(), key.clientId(), resource, key.sessionId()))
        .toList();
  }

  /// The apps that the live grant of this key serves; none where there is no such grant.
  public Set<String> served(GrantKey key) {
    return store.served(key);
  }

  /// Whether the person has a grant at the same server for anything.
  public boolean hasOtherAt(GrantKey key) {
    return !store.resources(key).isEmpty();
  }

  /// Notes that the grant serves this app, too. Joins the caller's transaction.
  public void serve(String grantId, String appId) {
    writer.serve(grantId, appId);
  }

  /// Lets nobody end everything of the person until the caller's transaction ends, so that what it
  /// finds of them still holds when it stores.
  public void hold(Person person) {
    ending.hold(person);
  }

  /// Keeps what a sign-in brought and answers the grant's id; a live grant of the same key gets the
  /// new tokens. Joins the caller's transaction.
  public String store(NewGrant grant) {
    String id = writer.keep(grant, clock.instant());
    GrantKey key = grant.key();
    changes.tell(List.of(key.person()));
    audit.record(
        AuditEntry.success(AuditEventName.CONNECTION_MADE)
            .on("connection", id, grant.username())
            .ofApp(grant.appId())
            .with("server", key.server())
            .with("resource", key.resource())
            .with("clientId", key.clientId())
            .with("issuer", key.person().issuer())
            .with("subject", key.person().subject())
            .with("scopes", String.join(" ", grant.granted())));
    return id;
  }

  /// Whether the person said that this agent's client may do this at the app.
  public boolean hasConsent(Consent consent) {
    return consents.has(consent);
  }

  /// The person said so; what they said before stays. Joins the caller's transaction.
  public void consent(Consent consent) {
    consents.give(consent);
  }

  /// Tells those who wait for it that the person has followed the link to its end. Joins the
  /// caller's transaction.
  public void followed(Person person, String link) {
    changes.followed(person, link);
  }

  /// Takes back what was said. Joins the caller's transaction.
  public void withdraw(String consentId) {
    consents.withdraw(consentId).ifPresent(person -> changes.tell(List.of(person)));
  }
}
