package dev.sallyport.keyring;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.crypto.Vault;
import dev.sallyport.keyring.Reencryption.Batch;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Brings all secrets under the present master key while old ones are still given. When it has
/// nothing left to do, the old ones can go.
@Singleton
@NoPermissionNeeded("A timer.")
public class ReencryptionTimer {
  private static final Logger LOG = Logger.getLogger(ReencryptionTimer.class);

  @Inject Vault vault;
  @Inject Reencryption reencryption;
  @Inject MasterKeyCensus census;
  @Inject @Any Instance<EncryptedColumn> columns;

  @Schedule(hour = "*", minute = "*", second = "40", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void turn() {
    if (vault.hasOldKeys()) {
      CallContext.system().run(() -> columns.forEach(this::renew));
    }
  }

  /// The same without waiting for the minute to be over.
  @Asynchronous
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public void now() {
    turn();
    census.take();
  }

  @Schedule(hour = "*", minute = "*/5", second = "15", persistent = false)
  void count() {
    census.take();
  }

  private void renew(EncryptedColumn column) {
    int renewed = 0;
    @Nullable String after = "";
    while (after != null) {
      Batch batch = reencryption.renew(column, after);
      renewed += batch.renewed();
      after = batch.last();
    }
    if (renewed > 0) {
      LOG.infof("%d secrets of %s are under the present key now", renewed, column.table());
      reencryption.done(column, renewed);
    }
  }
}
