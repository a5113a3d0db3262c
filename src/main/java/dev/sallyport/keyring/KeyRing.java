package dev.sallyport.keyring;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Keys that the server makes for itself, encrypted in the database. Each purpose has its own ring,
/// so that no key ever serves two. Nodes that start together agree on one first key by a lock.
@Stateless
@NoPermissionNeeded("Mechanisms of the server ask for their keys; no actor does.")
public class KeyRing {
  @Inject Sql sql;
  @Inject Vault vault;
  @Inject Clock clock;

  /// A key in use: `id` names it in public (`kid`).
  public record Key(String id, Secret material, Instant activeFrom) {}

  /// The live keys of a purpose, newest first; makes the first one when there is none.
  public List<Key> keys(String purpose, Supplier<Secret> maker) {
    sql.lock("key_ring:" + purpose);
    List<Key> found = find(purpose);
    return found.isEmpty() ? List.of(create(purpose, maker.get())) : found;
  }

  private List<Key> find(String purpose) {
    return sql.query(
        """
        select id, material, active_from from key_ring
        where purpose = ? and retired_at is null order by active_from desc
        """,
        this::key,
        purpose);
  }

  private Key key(Row row) throws SQLException {
    String id = row.text("id");
    return new Key(id, vault.decrypt(row.text("material"), place(id)), row.instant("active_from"));
  }

  private Key create(String purpose, Secret material) {
    String id = RandomTokens.id("key_");
    Instant now = clock.instant();
    sql.update(
        """
        insert into key_ring (id, purpose, material, created_at, active_from)
        values (?, ?, ?, ?, ?)
        """,
        id,
        purpose,
        vault.encrypt(material, place(id)),
        now,
        now);
    return new Key(id, material, now);
  }

  private static Vault.Place place(String id) {
    return new Vault.Place("key_ring", id, "material");
  }
}
