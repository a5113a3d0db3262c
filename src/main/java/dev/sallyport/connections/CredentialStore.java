package dev.sallyport.connections;

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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// The table of credentials.
@ApplicationScoped
class CredentialStore {
  private static final TypeReference<CredentialSettings> SETTINGS = new TypeReference<>() {};

  @Inject Sql sql;
  @Inject Vault vault;

  List<StoredCredential> all() {
    return sql.query("select * from upstream_credential", this::read);
  }

  Optional<StoredCredential> find(String appId) {
    return sql.first("select * from upstream_credential where app_id = ?", this::read, appId);
  }

  /// Writes it, and makes the app another one for everybody who remembers it.
  void write(StoredCredential next, Instant now) {
    Secret secret = next.secret();
    sql.update(
        """
        insert into upstream_credential (app_id, kind, settings, secret, revision, updated_at)
        values (?, ?, ?, ?, ?, ?)
        on conflict (app_id) do update set kind = excluded.kind, settings = excluded.settings,
          secret = excluded.secret, revision = excluded.revision, updated_at = excluded.updated_at
        """,
        next.appId(),
        next.kind().code(),
        Json.write(next.settings()),
        secret == null ? null : vault.encrypt(secret, place(next.appId())),
        next.revision(),
        now);
    sql.update(
        "update app set revision = revision + 1, updated_at = ? where id = ?", now, next.appId());
  }

  private StoredCredential read(Row row) throws SQLException {
    String appId = row.text("app_id");
    String secret = row.textOrNull("secret");
    return new StoredCredential(
        appId,
        CredentialKind.ofCode(row.text("kind")).orElseThrow(),
        Json.read(row.text("settings"), SETTINGS),
        decrypted(secret, appId),
        row.number("revision"),
        row.instant("updated_at"));
  }

  private @Nullable Secret decrypted(@Nullable String secret, String appId) {
    return secret == null ? null : vault.decrypt(secret, place(appId));
  }

  @Produces
  EncryptedColumn secrets() {
    return new EncryptedColumn("upstream_credential", "app_id", "secret");
  }

  private static Vault.Place place(String appId) {
    return new Vault.Place("upstream_credential", appId, "secret");
  }
}
