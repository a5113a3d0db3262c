package dev.sallyport.connections.grants;

import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.keyring.EncryptedColumn;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// Reads the table of grants, in the caller's transaction.
@ApplicationScoped
class GrantStore {
  static final String TABLE = "connection_grant";
  private static final TypeReference<Set<String>> SCOPES = new TypeReference<>() {};
  private static final String SELECT =
      "select g.*, array_to_json(g.scopes)::text as scopes_json from connection_grant g where ";
  private static final String OF_KEY =
      """
      g.issuer = ? and g.subject = ? and g.server = ? and g.client_id = ? and g.resource = ?
        and g.session_id is not distinct from ?
      """;

  @Inject Sql sql;
  @Inject Vault vault;

  Optional<StoredGrant> live(GrantKey key) {
    return sql.first(SELECT + OF_KEY + " and g.ended_at is null", this::read, arguments(key));
  }

  /// Why the last grant of this key ended.
  Optional<String> lastEnd(GrantKey key) {
    return sql.first(
        "select g.ended_reason from connection_grant g where "
            + OF_KEY
            + " and g.ended_at is not null order by g.ended_at desc limit 1",
        row -> row.text("ended_reason"),
        arguments(key));
  }

  Optional<StoredGrant> byId(String id) {
    return sql.first(SELECT + "g.id = ?", this::read, id);
  }

  /// The person's live grants that serve the app, for this session or for all; the newest first.
  List<StoredGrant> serving(Person person, String appId, @Nullable String sessionId) {
    return sql.query(
        SELECT
            + """
            g.issuer = ? and g.subject = ? and g.session_id is not distinct from ?
              and g.ended_at is null and exists (select 1 from connection_grant_app a
                where a.grant_id = g.id and a.app_id = ?)
            order by g.connected_at desc
            """,
        this::read,
        person.issuer(),
        person.subject(),
        sessionId,
        appId);
  }

  /// The resources of the person's live grants at this server, with this client and session.
  List<String> resources(GrantKey like) {
    return sql.query(
        """
        select g.resource from connection_grant g where g.issuer = ? and g.subject = ?
          and g.server = ? and g.client_id = ? and g.session_id is not distinct from ?
          and g.ended_at is null order by g.resource
        """,
        row -> row.text("resource"),
        like.person().issuer(),
        like.person().subject(),
        like.server(),
        like.clientId(),
        like.sessionId());
  }

  /// The apps that the live grant of this key serves.
  Set<String> served(GrantKey key) {
    return Set.copyOf(
        sql.query(
            "select a.app_id from connection_grant g join connection_grant_app a on a.grant_id = g.id"
                + " where g.ended_at is null and "
                + OF_KEY,
            row -> row.text("app_id"),
            arguments(key)));
  }

  private static @Nullable Object[] arguments(GrantKey key) {
    return new @Nullable Object[] {
      key.person().issuer(),
      key.person().subject(),
      key.server(),
      key.clientId(),
      key.resource(),
      key.sessionId()
    };
  }

  private StoredGrant read(Row row) throws SQLException {
    String id = row.text("id");
    return new StoredGrant(
        id,
        new GrantKey(
            new Person(row.text("issuer"), row.text("subject")),
            row.text("server"),
            row.text("client_id"),
            row.text("resource"),
            row.textOrNull("session_id")),
        row.text("oauth_client"),
        row.text("username"),
        Json.read(row.text("scopes_json"), SCOPES),
        decrypted(id, "access_token", row.textOrNull("access_token")),
        decrypted(id, "refresh_token", row.textOrNull("refresh_token")),
        row.instant("refreshed_at"),
        row.instantOrNull("expires_at"),
        row.instantOrNull("sent_at"),
        (int) row.number("failures"),
        row.instantOrNull("next_attempt_at"),
        row.textOrNull("last_error"),
        row.number("revision"),
        row.textOrNull("ended_reason"));
  }

  @Produces
  EncryptedColumn accessTokens() {
    return new EncryptedColumn("connection_grant", "id", "access_token");
  }

  @Produces
  EncryptedColumn refreshTokens() {
    return new EncryptedColumn("connection_grant", "id", "refresh_token");
  }

  @Produces
  EncryptedColumn idTokens() {
    return new EncryptedColumn("connection_grant", "id", "id_token");
  }

  private @Nullable Secret decrypted(String id, String column, @Nullable String token) {
    return token == null ? null : vault.decrypt(token, new Vault.Place(TABLE, id, column));
  }
}
