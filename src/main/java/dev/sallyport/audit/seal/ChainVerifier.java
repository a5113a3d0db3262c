package dev.sallyport.audit.seal;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.audit.seal.Verification.Break;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.jose.InvalidKeySetException;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Compares every row with the chain, and the chain with its signed checkpoints.
@Stateless
public class ChainVerifier {
  private static final Logger LOG = Logger.getLogger(ChainVerifier.class);
  private static final int PIECE = 2_000;
  private static final int KEPT = 100;

  @Inject Sql sql;
  @Inject Clock clock;
  @Inject Sealing sealing;
  @Inject ChainStore chain;
  @Inject Checkpoints checkpoints;
  @Inject Statements statements;
  @Inject AuditLog audit;

  /// Walks the whole chain. Without a transaction of its own: each piece is read in a short one.
  @RequiresPermission(Permission.AUDIT_READ)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public Verification verify() {
    return verifyAndKeep();
  }

  /// The same, for the timer.
  @NoPermissionNeeded("A timer calls it.")
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public Verification verifyAndKeep() {
    ChainStore.Origin origin = chain.origin();
    Verification result = walk(origin);
    if (!result.ok() && !chain.origin().equals(origin)) {
      // Retention cut the chain's beginning off while we walked there.
      result = walk(chain.origin());
    }
    keep(result);
    return result;
  }

  private Verification walk(ChainStore.Origin origin) {
    ChainHead head = sealing.head();
    List<Checkpoint> signed = checkpoints.between(0, Long.MAX_VALUE);
    ChainWalk walk = new ChainWalk(origin);
    Break broken = walkAlong(walk, head, new ArrayDeque<>(signed));
    if (broken == null) {
      broken = endOf(walk, head, signed);
    }
    return new Verification(
        broken == null,
        walk.rows(),
        walk.position(),
        chain.unsealed(head),
        signed.size(),
        broken,
        clock.instant());
  }

  private @Nullable Break walkAlong(ChainWalk walk, ChainHead head, Deque<Checkpoint> signed) {
    Break unsigned = wrongSignature(signed);
    if (unsigned != null) {
      return unsigned;
    }
    skip(signed, walk.position());
    List<ChainStore.Link> links;
    do {
      links = chain.links(walk.position(), head.position(), PIECE);
      for (ChainStore.Link link : links) {
        if (!walk.take(link)) {
          return walk.broken();
        }
        while (!signed.isEmpty() && signed.peek().position() == link.position()) {
          if (!signed.poll().hash().equals(link.hash())) {
            return new Break(link.position(), link.id(), "checkpoint-differs");
          }
        }
      }
    } while (!links.isEmpty());
    return null;
  }

  private static void skip(Deque<Checkpoint> signed, long position) {
    while (!signed.isEmpty() && signed.peek().position() <= position) {
      signed.poll();
    }
  }

  private @Nullable Break wrongSignature(Iterable<Checkpoint> signed) {
    try {
      CheckpointCheck check = null;
      for (Checkpoint next : signed) {
        check =
            check == null
                ? new CheckpointCheck(statements.publicKeys(), statements.issuer())
                : check;
        if (!check.holds(next)) {
          return new Break(next.position(), null, "checkpoint-signature");
        }
      }
      return null;
    } catch (InvalidKeySetException e) {
      return new Break(null, null, "checkpoint-keys");
    }
  }

  /// What only shows at the end: a chain that was cut, or rows that were slipped in.
  private @Nullable Break endOf(ChainWalk walk, ChainHead head, List<Checkpoint> signed) {
    boolean isCut = !signed.isEmpty() && signed.getLast().position() > walk.position();
    if (isCut || walk.position() != head.position() || !walk.hash().equals(head.hash())) {
      return new Break(walk.position() + 1, null, "chain-cut");
    }
    return chain.smuggled(head).map(id -> new Break(null, id, "row-inserted")).orElse(null);
  }

  private void keep(Verification result) {
    Break broken = result.broken();
    sql.update(
        """
        insert into audit_verification (at, ok, row_count, position, unsealed, checkpoints,
          broken_position, broken_row, broken_reason)
        values (?, ?, ?, ?, ?, ?, cast(? as bigint), ?, ?)
        """,
        result.checkedAt(),
        result.ok(),
        result.rows(),
        result.position(),
        result.unsealed(),
        result.checkpoints(),
        broken == null || broken.position() == null ? null : broken.position().toString(),
        broken == null ? null : broken.row(),
        broken == null ? null : broken.reason());
    sql.update(
        """
        delete from audit_verification
        where id not in (select id from audit_verification order by id desc limit ?)
        """,
        KEPT);
    if (broken != null) {
      tell(broken);
    }
  }

  private void tell(Break broken) {
    LOG.errorf("the audit's chain is broken: %s", broken);
    audit.recordApart(
        AuditEntry.failure(AuditEventName.AUDIT_CHAIN_BROKEN, broken.reason())
            .with("position", broken.position())
            .with("row", broken.row()),
        CallContext.current());
  }

  /// What the last walk found, on whatever node it was.
  @RequiresPermission(Permission.AUDIT_READ)
  public Optional<Verification> last() {
    return sql.first(
        "select * from audit_verification order by id desc limit 1", Verification::read);
  }

  /// Until when rows are sealed.
  @RequiresPermission(Permission.AUDIT_READ)
  public ChainHead head() {
    return sealing.head();
  }
}
