package dev.sallyport.connections.clients;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// Registers this gateway where it must, once for all nodes: who comes second finds the first one's
/// client.
@Stateless
@NoPermissionNeeded("A sign-in at an app's server needs the client; what it is, admins decide.")
public class Registrar {
  @Inject ClientStore store;
  @Inject RegistrationEndpoint endpoint;
  @Inject ClientProbe probe;
  @Inject ReturnAddresses addresses;
  @Inject Event<ClientGone> gone;
  @Inject AuditLog audit;
  @Inject Clock clock;

  /// The client that the server knows, registered now if need be.
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public OAuthClient registered(AuthorizationServer server) {
    store.lock(server.issuer());
    Optional<StoredClient> known = store.find(server.issuer(), ClientKind.REGISTERED);
    if (known.isPresent() && isGood(known.get(), server)) {
      return known.get().client();
    }
    known.ifPresent(stored -> drop(stored.client()));
    return switch (endpoint.register(server)) {
      case RegistrationEndpoint.Answer.Registered(StoredClient fresh) -> keep(fresh, server);
      case RegistrationEndpoint.Answer.Refused(String detail) ->
          throw new SallyportException(
              ProblemType.CONNECTION_CLIENT_MISSING,
              detail + " " + OAuthClients.missing(server.issuer(), addresses));
    };
  }

  private boolean isGood(StoredClient stored, AuthorizationServer server) {
    Instant now = clock.instant();
    return stored.isUsable(now)
        && addresses.does(server, stored.client().redirectUri())
        && (!stored.probed() || !probe.isForgotten(server, stored.client()));
  }

  /// Drops a client that its server has forgotten; what was granted to it is gone with it. Joins
  /// the caller's transaction, who may hold what was granted.
  public void forget(OAuthClient client) {
    drop(client);
  }

  private void drop(OAuthClient client) {
    if (store.delete(client.id())) {
      gone.fire(new ClientGone(client.id()));
      tell(AuditEventName.OAUTH_CLIENT_FORGOTTEN, client);
    }
  }

  private OAuthClient keep(StoredClient fresh, AuthorizationServer server) {
    OAuthClient client = fresh.client();
    // A server that does not even know the client that it just made can't be asked this way.
    boolean probed = probe.looksKnown(server, client);
    store.write(
        new StoredClient(
            client, probed, fresh.secretEnds(), 1, fresh.createdAt(), fresh.updatedAt()));
    tell(AuditEventName.OAUTH_CLIENT_REGISTERED, client);
    return client;
  }

  private void tell(AuditEventName event, OAuthClient client) {
    CallContext.system()
        .run(
            () ->
                audit.record(
                    AuditEntry.success(event)
                        .on("oauth_client", client.id(), client.issuer())
                        .with("clientId", client.clientId())));
  }
}
