package dev.sallyport.keyring;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.config.Settings;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Makes, replaces and forgets signing keys. Everything under the ring's lock, so that nodes that
/// do it at the same moment do it once.
@Stateless
@NoPermissionNeeded("The server's own timers and the service above, which checked.")
public class KeyRotation {
  @Inject KeyStore store;
  @Inject Settings settings;
  @Inject Clock clock;
  @Inject AuditLog audit;
  @Inject Changes changes;

  /// The ring, with a first key when there was none.
  public List<RingKey> keysOf(KeyPurpose purpose) {
    List<RingKey> found = store.all(purpose.code());
    return found.isEmpty() ? withFirst(purpose) : found;
  }

  private List<RingKey> withFirst(KeyPurpose purpose) {
    store.lock(purpose.code());
    List<RingKey> found = store.all(purpose.code());
    if (!found.isEmpty()) {
      return found;
    }
    Instant now = clock.instant();
    RingKey first = store.create(purpose.code(), purpose.newKey(), now, now);
    tell(AuditEventName.SIGNING_KEY_CREATED, purpose, first.id());
    return List.of(first);
  }

  /// Publishes the next key and sets the hour of the present one.
  public RingKey rotate(KeyPurpose purpose) {
    store.lock(purpose.code());
    Instant now = clock.instant();
    List<RingKey> present = store.all(purpose.code());
    if (present.stream().anyMatch(key -> key.state(now) == RingKey.State.NEXT)) {
      throw new SallyportException(
          ProblemType.ROTATION_PENDING, ProblemType.ROTATION_PENDING.cause());
    }
    Instant takesOver = now.plus(purpose.lead());
    RingKey next = store.create(purpose.code(), purpose.newKey(), now, takesOver);
    present.stream()
        .filter(key -> key.retiredAt() == null)
        .forEach(key -> store.retire(key.id(), takesOver));
    tell(AuditEventName.SIGNING_KEY_ROTATED, purpose, next.id());
    return next;
  }

  /// Rotates a ring whose newest key is as old as the settings allow.
  public void rotateWhenDue(KeyPurpose purpose) {
    store.lock(purpose.code());
    Instant oldest = clock.instant().minus(settings.cookies().keyRotation());
    List<RingKey> present = store.all(purpose.code());
    if (!present.isEmpty() && present.getFirst().activeFrom().isBefore(oldest)) {
      rotate(purpose);
    }
  }

  /// Deletes the keys whose retention is over.
  public void sweep(KeyPurpose purpose) {
    Instant before = clock.instant().minus(settings.cookies().keyRetention());
    store
        .forget(purpose.code(), before)
        .forEach(id -> tell(AuditEventName.SIGNING_KEY_FORGOTTEN, purpose, id));
  }

  private void tell(AuditEventName event, KeyPurpose purpose, String id) {
    audit.record(AuditEntry.success(event).on("signing_key", id, purpose.code()));
    changes.tell(Change.Kind.SIGNING_KEYS, List.of(purpose.code()));
  }
}
