package dev.sallyport.keyring;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/// Rotates signing keys that are old enough and forgets those that verify nothing any more.
@Singleton
@NoPermissionNeeded("A timer.")
public class KeyRotationTimer {
  @Inject KeyRotation rotation;

  // Each ring in a transaction of its own.
  @Schedule(hour = "*", minute = "*/5", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void turn() {
    CallContext.system()
        .run(
            () -> {
              for (KeyPurpose purpose : KeyPurpose.values()) {
                rotation.rotateWhenDue(purpose);
                rotation.sweep(purpose);
              }
            });
  }
}
