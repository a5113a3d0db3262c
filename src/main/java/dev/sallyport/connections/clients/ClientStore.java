package dev.sallyport.connections.clients;

import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.keyring.EncryptedColumn;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table of clients.
@ApplicationScoped
class ClientStore {
  @Inject Sql sql;
  @Inject Vault vault;
  @Inject ReturnAddresses addresses;

  List<StoredClient> all() {
    return sql.query("select * from oauth_client order by issuer, kind", this::read);
  }

  Optional<StoredClient> find(String id) {
    return sql.first("select * from oauth_client where id = ?", this::read, id);
  }

  /// The issuer's client of this kind; a slash at the end makes no other issuer.
  Optional<StoredClient> find(String issuer, ClientKind kind) {
    return sql.first(
        "select * from oauth_client where rtrim(issuer, '/') = rtrim(?, '/') and kind = ?",
        this::read,
        issuer,
        kind.code());
  }

  void write(StoredClient next) {
    OAuthClient client = next.client();
    Secret secret = client.secret();
    sql.update(
        """
        insert into oauth_client (id, issuer, kind, client_id, secret, auth_method, redirect_uri,
          own_redirect, probed, secret_ends, revision, created_at, updated_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (id) do update set client_id = excluded.client_id, secret = excluded.secret,
          auth_method = excluded.auth_method, own_redirect = excluded.own_redirect,
          revision = excluded.revision,
          updated_at = excluded.updated_at
        """,
        client.id(),
        client.issuer(),
        client.kind().code(),
        client.clientId(),
        secret == null ? null : vault.encrypt(secret, place(client.id())),
        client.authMethod(),
        client.kind() == ClientKind.REGISTERED ? client.redirectUri() : null,
        !client.redirectUri().equals(addresses.common()),
        next.probed(),
        next.secretEnds(),
        next.revision(),
        next.createdAt(),
        next.updatedAt());
  }

  boolean delete(String id) {
    return sql.update("delete from oauth_client where id = ?", id) > 0;
  }

  /// Until the end of the transaction, for whoever registers or writes a client of this issuer.
  void lock(String issuer) {
    sql.lock(lockName(issuer));
  }

  // One slash at the end makes no other issuer to people.
  private static String lockName(String issuer) {
    boolean hasSlash = issuer.endsWith("/");
    return "oauth-client " + (hasSlash ? issuer.substring(0, issuer.length() - 1) : issuer);
  }

  private StoredClient read(Row row) throws SQLException {
    String id = row.text("id");
    String secret = row.textOrNull("secret");
    return new StoredClient(
        new OAuthClient(
            id,
            row.text("issuer"),
            ClientKind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
            row.text("client_id"),
            decrypted(secret, id),
            row.text("auth_method"),
            redirectUri(row)),
        row.flag("probed"),
        row.instantOrNull("secret_ends"),
        row.number("revision"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }

  /// An admin's client follows this gateway when it moves; one that registered itself does not.
  private String redirectUri(Row row) throws SQLException {
    String registered = row.textOrNull("redirect_uri");
    String issuer = row.text("issuer");
    return registered != null
        ? registered
        : row.flag("own_redirect") ? addresses.own(issuer) : addresses.common();
  }

  private @Nullable Secret decrypted(@Nullable String secret, String id) {
    return secret == null ? null : vault.decrypt(secret, place(id));
  }

  @Produces
  EncryptedColumn secrets() {
    return new EncryptedColumn("oauth_client", "id", "secret");
  }

  private static Vault.Place place(String id) {
    return new Vault.Place("oauth_client", id, "secret");
  }
}
