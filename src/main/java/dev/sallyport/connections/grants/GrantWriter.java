package dev.sallyport.connections.grants;

import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the table of grants, in the caller's transaction. A refresh replaces tokens only where
/// the row is as it was read: a new sign-in and an end win against one that is under way.
@ApplicationScoped
class GrantWriter {
  @Inject Sql sql;
  @Inject Vault vault;
  @Inject GrantStore store;

  /// Keeps a new grant; a live one of the same key gets its tokens. Answers the id.
  String keep(NewGrant grant, Instant now) {
    GrantKey key = grant.key();
    // Two browsers that finish at the same moment must end up with one row.
    sql.lock("connection-grant-key " + Json.write(key));
    Optional<StoredGrant> live = store.live(key);
    String id = live.map(StoredGrant::id).orElseGet(() -> RandomTokens.id("con_"));
    if (live.isEmpty()) {
      insert(id, grant, now);
    }
    replace(id, grant, now);
    serve(id, grant.appId());
    return id;
  }

  private void insert(String id, NewGrant grant, Instant now) {
    GrantKey key = grant.key();
    sql.update(
        """
        insert into connection_grant (id, issuer, subject, server, client_id, resource, session_id,
          username, oauth_client, scopes, connected_at, refreshed_at, revision)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, '{}', ?, ?, 0)
        """,
        id,
        key.person().issuer(),
        key.person().subject(),
        key.server(),
        key.clientId(),
        key.resource(),
        key.sessionId(),
        grant.username(),
        grant.oauthClient(),
        now,
        now);
  }

  private void replace(String id, NewGrant grant, Instant now) {
    Tokens tokens = grant.tokens();
    sql.update(
        """
        update connection_grant set username = ?, oauth_client = ?, scopes = ?, access_token = ?,
          refresh_token = ?, id_token = ?, expires_at = ?, connected_at = ?, refreshed_at = ?,
          sent_at = null, failures = 0, next_attempt_at = null, last_error = null,
          last_error_at = null, revision = revision + 1
        where id = ?
        """,
        grant.username(),
        grant.oauthClient(),
        sorted(grant.granted()),
        encrypted(id, "access_token", tokens.accessToken()),
        encrypted(id, "refresh_token", tokens.refreshToken()),
        encrypted(id, "id_token", tokens.idToken()),
        end(now, tokens.lifetime()),
        now,
        now,
        id);
  }

  /// Notes that the grant serves this app.
  void serve(String id, String appId) {
    sql.update(
        "insert into connection_grant_app (grant_id, app_id) values (?, ?) on conflict do nothing",
        id,
        appId);
  }

  /// Replaces the tokens that a refresh brought (RFC 6749 section 6: what the answer leaves out
  /// stays); answers whether the grant was still as it had been read.
  boolean refreshed(StoredGrant before, Tokens tokens, Instant now) {
    return sql.update(
            """
            update connection_grant set access_token = ?, refresh_token = coalesce(?, refresh_token),
              id_token = coalesce(?, id_token), scopes = coalesce(?, scopes), expires_at = ?,
              refreshed_at = ?, sent_at = null, failures = 0, next_attempt_at = null,
              last_error = null, last_error_at = null, revision = revision + 1
            where id = ? and revision = ?
            """,
            encrypted(before.id(), "access_token", tokens.accessToken()),
            encrypted(before.id(), "refresh_token", tokens.refreshToken()),
            encrypted(before.id(), "id_token", tokens.idToken()),
            tokens.scopes() == null ? null : sorted(tokens.scopes()),
            end(now, tokens.lifetime()),
            now,
            before.id(),
            before.revision())
        > 0;
  }

  /// Tokens that came for a grant that ended meanwhile: kept until they are revoked.
  void cameTooLate(StoredGrant before, Tokens tokens, Instant now) {
    sql.update(
        """
        update connection_grant set access_token = ?, refresh_token = coalesce(?, refresh_token),
          revoke_at = ?, revocation = null, revoke_attempts = 0
        where id = ? and ended_at is not null
        """,
        encrypted(before.id(), "access_token", tokens.accessToken()),
        encrypted(before.id(), "refresh_token", tokens.refreshToken()),
        now,
        before.id());
  }

  /// Notes that a refresh is about to be sent.
  void sending(String id, Instant now) {
    sql.update("update connection_grant set sent_at = coalesce(sent_at, ?) where id = ?", now, id);
  }

  /// A refresh that came to nothing.
  ///
  /// @param sentAt when a request was sent that may have done its work all the same
  record Failure(String error, @Nullable Instant sentAt) {}

  void failed(StoredGrant grant, Failure failure, Instant now) {
    sql.update(
        """
        update connection_grant set failures = failures + 1, last_error = ?, last_error_at = ?,
          next_attempt_at = ?, sent_at = ?
        where id = ? and revision = ?
        """,
        failure.error(),
        now,
        now.plus(pause(grant.failures())),
        failure.sentAt(),
        grant.id(),
        grant.revision());
  }

  // 5 s, doubling, at most 5 min: an outage must not make every call wait for a dead server.
  private static Duration pause(int failures) {
    return Duration.ofSeconds(Math.min(300, 5L << Math.min(failures, 6)));
  }

  private static @Nullable Instant end(Instant now, @Nullable Duration lifetime) {
    return lifetime == null ? null : now.plus(lifetime);
  }

  private static String[] sorted(Set<String> scopes) {
    return scopes.stream().sorted().toArray(String[]::new);
  }

  private @Nullable String encrypted(String id, String column, @Nullable Secret token) {
    return token == null
        ? null
        : vault.encrypt(token, new Vault.Place(GrantStore.TABLE, id, column));
  }
}
