package dev.sallyport.keyring;

import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// The table of keys.
@ApplicationScoped
class KeyStore {
  private static final String COLUMNS = "id, material, created_at, active_from, retired_at";

  @Inject Sql sql;
  @Inject Vault vault;

  /// Makes others that change this ring wait for the end of the transaction.
  void lock(String purpose) {
    sql.lock("key_ring:" + purpose);
  }

  /// Newest first.
  List<RingKey> all(String purpose) {
    return sql.query(
        "select " + COLUMNS + " from key_ring where purpose = ? order by active_from desc, id",
        this::key,
        purpose);
  }

  RingKey create(String purpose, Secret material, Instant now, Instant activeFrom) {
    String id = RandomTokens.id("key_");
    sql.update(
        """
        insert into key_ring (id, purpose, material, created_at, active_from)
        values (?, ?, ?, ?, ?)
        """,
        id,
        purpose,
        vault.encrypt(material, place(id)),
        now,
        activeFrom);
    return new RingKey(id, material, now, activeFrom, null);
  }

  void retire(String id, Instant at) {
    sql.update("update key_ring set retired_at = ? where id = ? and retired_at is null", at, id);
  }

  /// Deletes what verifies nothing any more; answers the ids.
  List<String> forget(String purpose, Instant retiredBefore) {
    return sql.query(
        "delete from key_ring where purpose = ? and retired_at < ? returning id",
        row -> row.text("id"),
        purpose,
        retiredBefore);
  }

  private RingKey key(Row row) throws SQLException {
    String id = row.text("id");
    return new RingKey(
        id,
        vault.decrypt(row.text("material"), place(id)),
        row.instant("created_at"),
        row.instant("active_from"),
        row.instantOrNull("retired_at"));
  }

  @Produces
  EncryptedColumn materials() {
    return new EncryptedColumn("key_ring", "id", "material");
  }

  private static Vault.Place place(String id) {
    return new Vault.Place("key_ring", id, "material");
  }
}
