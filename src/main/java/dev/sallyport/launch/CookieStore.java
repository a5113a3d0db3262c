package dev.sallyport.launch;

import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.keyring.EncryptedColumn;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The browsers that are signed in at apps. Every method runs in the caller's transaction.
@ApplicationScoped
class CookieStore {
  private static final String TABLE = "app_cookie";

  @Inject Sql sql;
  @Inject Vault vault;
  @Inject Clock clock;

  /// Where a cookie belongs, and for how long.
  record Owner(String appId, String sessionId, String consoleSessionId, Instant until) {}

  /// What a cookie stands for.
  record SealedSignIn(Secret claims, Instant until) {}

  void insert(String id, Owner owner, Secret claims) {
    sql.update(
        """
        insert into app_cookie (id, app_id, session_id, console_session_id, claims, expires_at)
        values (?, ?, ?, ?, ?, ?)
        """,
        id,
        owner.appId(),
        owner.sessionId(),
        owner.consoleSessionId(),
        vault.encrypt(claims, place(id)),
        owner.until());
  }

  Optional<SealedSignIn> find(String id, String appId) {
    return sql.first(
        """
        select claims, expires_at from app_cookie where id = ? and app_id = ? and expires_at > ?
        """,
        row ->
            new SealedSignIn(
                vault.decrypt(row.text("claims"), place(id)), row.instant("expires_at")),
        id,
        appId,
        clock.instant());
  }

  /// The app sessions that were opened through these console sessions.
  List<String> sessionsOpenedThrough(List<String> consoleSessions) {
    return sql.query(
        "select distinct session_id from app_cookie where console_session_id = any(?)",
        row -> row.text("session_id"),
        (Object) consoleSessions.toArray(new String[0]));
  }

  @Produces
  EncryptedColumn claims() {
    return new EncryptedColumn(TABLE, "id", "claims");
  }

  private static Vault.Place place(String id) {
    return new Vault.Place(TABLE, id, "claims");
  }
}
