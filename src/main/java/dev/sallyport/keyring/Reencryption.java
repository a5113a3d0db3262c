package dev.sallyport.keyring;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.crypto.Vault;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Encrypts anew what an old master key encrypted, a batch in a transaction. What changes meanwhile
/// is left to whoever changed it.
@Stateless
@NoPermissionNeeded("A timer.")
public class Reencryption {
  private static final Logger LOG = Logger.getLogger(Reencryption.class);
  private static final int BATCH = 200;

  @Inject Sql sql;
  @Inject Vault vault;
  @Inject AuditLog audit;

  private record Old(String id, String ciphertext) {}

  /// What a batch came to.
  ///
  /// @param last where the next one begins; null after the last
  public record Batch(int renewed, @Nullable String last) {}

  /// Renews the next rows behind this one.
  public Batch renew(EncryptedColumn column, String after) {
    String where =
        "%2$s <> '' and left(%2$s, 6) <> ? and %1$s > ?".formatted(column.row(), column.column());
    List<Old> old =
        sql.query(
            "select %s as id, %s as sealed from %s where %s order by 1 limit %d"
                .formatted(column.row(), column.column(), column.table(), where, BATCH),
            row -> new Old(row.text("id"), row.text("sealed")),
            vault.currentPrefix(),
            after);
    int renewed = old.stream().mapToInt(row -> renew(column, row)).sum();
    return new Batch(renewed, old.size() < BATCH ? null : old.getLast().id());
  }

  private int renew(EncryptedColumn column, Old old) {
    Vault.Place place = column.place(old.id());
    try {
      return sql.update(
          "update %s set %2$s = ? where %3$s = ? and %2$s = ?"
              .formatted(column.table(), column.column(), column.row()),
          vault.encrypt(vault.decrypt(old.ciphertext(), place), place),
          old.id(),
          old.ciphertext());
    } catch (IllegalStateException e) {
      LOG.warnf("%s.%s holds a secret that no key decrypts", column.table(), column.column());
      return 0;
    }
  }

  /// Writes down that secrets of a column are under the present key.
  public void done(EncryptedColumn column, int renewed) {
    audit.record(
        AuditEntry.success(AuditEventName.SECRETS_REENCRYPTED)
            .with("table", column.table())
            .with("column", column.column())
            .with("count", renewed));
  }
}
