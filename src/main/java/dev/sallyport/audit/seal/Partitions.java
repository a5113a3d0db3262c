package dev.sallyport.audit.seal;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/// Keeps a partition for each month, made ahead. Rows that no month was made for in time lie in the
/// default one, and move when their month is made.
@Stateless
@NoPermissionNeeded("A timer calls it; no actor does.")
public class Partitions {
  private static final Duration AHEAD = Duration.ofDays(62);

  @Inject Sql sql;
  @Inject Clock clock;

  /// Makes what is missing; one node at a time. Gives way to readers that hold the table: the next
  /// run tries again.
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void extend() {
    if (sql.tryLock("audit-partitions")) {
      sql.update("set local lock_timeout = '3s'");
      sql.query(
          "select audit_extend(?) as made", row -> row.number("made"), clock.instant().plus(AHEAD));
    }
  }
}
