package dev.sallyport.connections.tls;

import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.keyring.EncryptedColumn;
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

/// The table of apps' own TLS.
@ApplicationScoped
class TlsStore {
  @Inject Sql sql;
  @Inject Vault vault;

  /// A row as it stands; the key is decrypted only where it is needed.
  record Sealed(
      String appId,
      TlsUse use,
      @Nullable String certificate,
      @Nullable String sealedKey,
      @Nullable String authorities,
      long revision,
      Instant updatedAt) {}

  List<Sealed> all(TlsUse use) {
    return sql.query("select * from app_tls where use = ?", TlsStore::read, use.code());
  }

  Optional<Sealed> find(String appId, TlsUse use) {
    return sql.first(
        "select * from app_tls where app_id = ? and use = ?", TlsStore::read, appId, use.code());
  }

  StoredTls open(Sealed row) {
    String sealed = row.sealedKey();
    Secret key = sealed == null ? null : vault.decrypt(sealed, place(row.appId(), row.use()));
    return new StoredTls(
        row.appId(),
        row.use(),
        row.certificate(),
        key,
        row.authorities(),
        row.revision(),
        row.updatedAt());
  }

  /// Writes it, and makes the app another one for everybody who remembers it.
  void write(StoredTls next, Instant now) {
    Secret key = next.privateKey();
    sql.update(
        """
        insert into app_tls (app_id, use, certificate, private_key, authorities, revision,
          updated_at)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict (app_id, use) do update set certificate = excluded.certificate,
          private_key = excluded.private_key, authorities = excluded.authorities,
          revision = excluded.revision, updated_at = excluded.updated_at
        """,
        next.appId(),
        next.use().code(),
        next.certificate(),
        key == null ? null : vault.encrypt(key, place(next.appId(), next.use())),
        next.authorities(),
        next.revision(),
        now);
    sql.update(
        "update app set revision = revision + 1, updated_at = ? where id = ?", now, next.appId());
  }

  private static Sealed read(Row row) throws SQLException {
    return new Sealed(
        row.text("app_id"),
        TlsUse.ofCode(row.text("use")).orElseThrow(),
        row.textOrNull("certificate"),
        row.textOrNull("private_key"),
        row.textOrNull("authorities"),
        row.number("revision"),
        row.instant("updated_at"));
  }

  @Produces
  EncryptedColumn privateKeys() {
    return new EncryptedColumn("app_tls", "app_id || ' ' || use", "private_key");
  }

  private static Vault.Place place(String appId, TlsUse use) {
    return new Vault.Place("app_tls", appId + " " + use.code(), "private_key");
  }
}
