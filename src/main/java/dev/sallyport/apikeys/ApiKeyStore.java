package dev.sallyport.apikeys;

import dev.sallyport.authz.ActorKind;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tables of keys and their values.
@ApplicationScoped
class ApiKeyStore {
  // least() leaves absent times out.
  private static final String LIVE =
      """
      select k.id, v.id as value_id, k.name, k.kind, k.owner_id,
        least(k.expires_at, v.expires_at) as until
      from api_key k join api_key_value v on v.key_id = k.id
      where (k.expires_at is null or k.expires_at > ?)
        and (v.expires_at is null or v.expires_at > ?)
      """;

  @Inject Sql sql;

  Optional<ApiKey> byValue(Secret value, Instant now) {
    byte[] hash = TokenHash.of(value.reveal()).bytes();
    return sql.first(LIVE + " and v.hash = ?", ApiKeyStore::key, now, now, hash);
  }

  Optional<ApiKey> byValueId(String valueId, Instant now) {
    return sql.first(LIVE + " and v.id = ?", ApiKeyStore::key, now, now, valueId);
  }

  /// By its newest value.
  Optional<ApiKey> byId(String id, Instant now) {
    return sql.first(
        LIVE + " and k.id = ? and v.expires_at is null", ApiKeyStore::key, now, now, id);
  }

  private static ApiKey key(Row row) throws SQLException {
    return new ApiKey(
        row.text("id"),
        row.text("value_id"),
        row.text("name"),
        ActorKind.ofCode(row.text("kind")),
        row.textOrNull("owner_id"),
        row.instantOrNull("until"));
  }

  boolean isTaken(String name) {
    return sql.first("select id from api_key where name = ?", row -> row.text("id"), name)
        .isPresent();
  }

  /// Whose key this is, live or not.
  @Nullable String ownerOf(String id) {
    return sql
        .query(
            "select owner_id from api_key where id = ? and owner_id is not null",
            row -> row.text("owner_id"),
            id)
        .stream()
        .findFirst()
        .orElse(null);
  }

  List<String> idsOfOwner(String ownerId) {
    return sql.query(
        "select id from api_key where owner_id = ? order by name", row -> row.text("id"), ownerId);
  }

  List<String> idsByNamePrefix(String prefix, String createdBy) {
    return sql.query(
        "select id from api_key where starts_with(name, ?) and created_by = ?",
        row -> row.text("id"),
        prefix,
        createdBy);
  }

  void insert(String id, NewKey made, Made by) {
    sql.update(
        """
        insert into api_key (id, name, kind, owner_id, created_at, created_by, expires_at)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        id,
        made.name(),
        made.kind().code(),
        by.owner(),
        by.at(),
        by.actor(),
        made.expiresAt());
  }

  /// Who made a key, and for whom.
  record Made(String actor, @Nullable String owner, Instant at) {}

  void addValue(String keyId, Secret value, Instant now) {
    String text = value.reveal();
    sql.update(
        "insert into api_key_value (id, key_id, hash, hint, created_at) values (?, ?, ?, ?, ?)",
        RandomTokens.id("kv_"),
        keyId,
        TokenHash.of(text).bytes(),
        text.substring(0, Math.min(8, text.length())),
        now);
  }

  /// Lets all values of a key end by then; none lives longer than it did.
  void endValues(String keyId, Instant by) {
    sql.update(
        "update api_key_value set expires_at = least(expires_at, ?) where key_id = ?", by, keyId);
  }

  void setExpiry(String keyId, Instant expiresAt) {
    sql.update("update api_key set expires_at = ? where id = ?", expiresAt, keyId);
  }

  /// Waits for others who change this key.
  void lock(String id) {
    sql.query("select id from api_key where id = ? for update", row -> row.text("id"), id);
  }

  void delete(String id) {
    sql.update("delete from api_key where id = ?", id);
  }

  void sweep(Instant now) {
    sql.update("delete from api_key_value where expires_at <= ?", now);
  }

  void used(String id, Instant at) {
    sql.update("update api_key set last_used_at = greatest(last_used_at, ?) where id = ?", at, id);
  }
}
