package dev.sallyport.connections.clients;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.persistence.Revisions;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the clients that admins registered at authorization servers, and shows all.
@Stateless
public class ClientService {
  @Inject ClientStore store;
  @Inject ReturnAddresses addresses;
  @Inject Event<ClientGone> gone;
  @Inject AuditLog audit;
  @Inject Clock clock;

  @RequiresPermission(Permission.CONNECTION_READ)
  public List<ClientDetails> list() {
    return store.all().stream().map(StoredClient::details).toList();
  }

  @RequiresPermission(Permission.CONNECTION_READ)
  public ClientDetails get(String id) {
    return find(id).details();
  }

  @RequiresPermission(Permission.CONNECTION_EDIT)
  public ClientDetails create(ClientInput input) {
    ClientCheck.Checked checked = ClientCheck.check(input, false);
    store.lock(checked.issuer());
    if (store.find(checked.issuer(), ClientKind.PRE_REGISTERED).isPresent()) {
      throw new SallyportException(
          ProblemType.OAUTH_CLIENT_EXISTS,
          "There is a client for " + checked.issuer() + " already; change that one.");
    }
    Instant now = clock.instant();
    OAuthClient client =
        client(RandomTokens.id("ocl_"), checked, null, addresses.own(checked.issuer()));
    return written(
        AuditEventName.OAUTH_CLIENT_CREATED, new StoredClient(client, false, null, 1, now, now));
  }

  /// Another client id is another client: what was granted to the one before ends.
  @RequiresPermission(Permission.CONNECTION_EDIT)
  public ClientDetails update(String id, long revision, ClientInput input) {
    StoredClient before = find(id);
    OAuthClient old = before.client();
    requirePreRegistered(old);
    Revisions.check(before.revision(), revision);
    ClientCheck.Checked checked = ClientCheck.check(input, old.secret() != null);
    if (!checked.issuer().equals(old.issuer())) {
      throw SallyportException.invalid(
          "issuer", "can't change: another server must not get the secret. Add another client.");
    }
    if (!checked.clientId().equals(old.clientId())) {
      gone.fire(new ClientGone(id));
    }
    return written(
        AuditEventName.OAUTH_CLIENT_CHANGED,
        new StoredClient(
            client(id, checked, old.secret(), redirectUri(old, checked)),
            false,
            null,
            before.revision() + 1,
            before.createdAt(),
            clock.instant()));
  }

  /// What was granted to the client ends with it. One that registered itself comes back with the
  /// next sign-in, as another client.
  @RequiresPermission(Permission.CONNECTION_EDIT)
  public void delete(String id, long revision) {
    StoredClient before = find(id);
    Revisions.check(before.revision(), revision);
    gone.fire(new ClientGone(id));
    store.delete(id);
    tell(AuditEventName.OAUTH_CLIENT_DELETED, before.client());
  }

  private static OAuthClient client(
      String id, ClientCheck.Checked checked, @Nullable Secret stored, String redirectUri) {
    String given = checked.secret();
    Secret secret =
        checked.authentication().equals("none") ? null : given == null ? stored : new Secret(given);
    return new OAuthClient(
        id,
        checked.issuer(),
        ClientKind.PRE_REGISTERED,
        checked.clientId(),
        secret,
        checked.authentication(),
        redirectUri);
  }

  // What is registered at the server can't be changed from here: only another client has another.
  private String redirectUri(OAuthClient old, ClientCheck.Checked next) {
    return next.clientId().equals(old.clientId())
        ? old.redirectUri()
        : addresses.own(next.issuer());
  }

  private ClientDetails written(AuditEventName event, StoredClient next) {
    store.write(next);
    tell(event, next.client());
    return next.details();
  }

  private void tell(AuditEventName event, OAuthClient client) {
    audit.record(
        AuditEntry.success(event)
            .on("oauth_client", client.id(), client.issuer())
            .with("clientId", client.clientId())
            .with("authentication", client.authMethod()));
  }

  private static void requirePreRegistered(OAuthClient client) {
    if (client.kind() != ClientKind.PRE_REGISTERED) {
      throw SallyportException.invalid(
          "kind", "is registered: the server made this client. Add one of your own instead.");
    }
  }

  private StoredClient find(String id) {
    return store
        .find(id)
        .orElseThrow(
            () -> new SallyportException(ProblemType.NOT_FOUND, "There is no client " + id + "."));
  }
}
