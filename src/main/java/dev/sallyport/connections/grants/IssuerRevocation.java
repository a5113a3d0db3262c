package dev.sallyport.connections.grants;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.connections.clients.OAuthClient;
import dev.sallyport.connections.clients.OAuthClients;
import dev.sallyport.connections.grants.TokenCalls.Revocation;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.connections.remote.RemoteDiscovery;
import dev.sallyport.crypto.Secret;
import dev.sallyport.persistence.Sql;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Revokes the tokens of ended grants at their authorization servers (RFC 7009), then wipes them
/// here. A server that is down is asked again for a day. Outside of transactions: a slow server
/// holds up nothing.
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@NoPermissionNeeded("A timer, and services that have ended what is revoked.")
public class IssuerRevocation {
  private static final Logger LOG = Logger.getLogger(IssuerRevocation.class);
  private static final int MOST_ATTEMPTS = 10;
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(2);
  private static final int BATCH = 20;

  @Inject Sql sql;
  @Inject Clock clock;
  @Inject GrantStore store;
  @Inject TokenCalls calls;
  @Inject RemoteDiscovery discovery;
  @Inject OAuthClients clients;

  @Schedule(hour = "*", minute = "*", second = "*/15", persistent = false)
  void revokeDue() {
    List<String> due =
        sql.query(
            "select id from connection_grant where revoke_at <= ? order by revoke_at limit ?",
            row -> row.text("id"),
            clock.instant(),
            BATCH);
    CallContext.system().run(() -> due.forEach(this::revoke));
  }

  /// Revokes what is left of an ended grant, unless another node is at it.
  public void revoke(String id) {
    Optional<Instant> claimed = claim(id);
    if (claimed.isEmpty()) {
      return;
    }
    StoredGrant grant = store.byId(id).orElseThrow();
    Revocation outcome = ask(grant);
    if (outcome == Revocation.UNREACHABLE && !isLastAttempt(id)) {
      return;
    }
    LOG.debugf("revocation of connection %s: %s", id, outcome);
    sql.update(
        """
        update connection_grant set access_token = null, refresh_token = null, id_token = null,
          revoke_at = null, revocation = ? where id = ? and revoke_at = ?
        """,
        outcome.code(),
        id,
        claimed.get());
  }

  /// Whoever moves the time of the next attempt makes this one. Tokens that come while it is under
  /// way move the time again, and are not wiped with those that were revoked.
  private Optional<Instant> claim(String id) {
    Instant now = clock.instant();
    return sql.first(
        """
            update connection_grant set revoke_attempts = revoke_attempts + 1,
              revoke_at = cast(? as timestamptz)
                + make_interval(secs => ? * power(2, revoke_attempts))
            where id = ? and revoke_at <= ? returning revoke_at
            """,
        row -> row.instant("revoke_at"),
        now,
        FIRST_PAUSE.toSeconds(),
        id,
        now);
  }

  private boolean isLastAttempt(String id) {
    return sql.first(
            "select revoke_attempts as n from connection_grant where id = ?",
            row -> row.number("n") >= MOST_ATTEMPTS,
            id)
        .orElse(true);
  }

  private Revocation ask(StoredGrant grant) {
    try {
      AuthorizationServer server = discovery.server(grant.key().server());
      return clients
          .byId(grant.oauthClient())
          .map(client -> ask(grant, server, client))
          .orElse(Revocation.REFUSED);
    } catch (SallyportException e) {
      return Revocation.UNREACHABLE;
    }
  }

  /// The refresh token first: with it, servers should revoke the access tokens, too (section 2.1),
  /// but not all do.
  private Revocation ask(StoredGrant grant, AuthorizationServer server, OAuthClient client) {
    Secret refreshToken = grant.refreshToken();
    Secret accessToken = grant.accessToken();
    Revocation outcome =
        refreshToken == null ? Revocation.DONE : calls.revoke(server, client, refreshToken, true);
    if (accessToken == null || outcome == Revocation.UNREACHABLE) {
      return outcome;
    }
    Revocation ofAccess = calls.revoke(server, client, accessToken, false);
    return refreshToken == null || ofAccess == Revocation.UNREACHABLE ? ofAccess : outcome;
  }
}
