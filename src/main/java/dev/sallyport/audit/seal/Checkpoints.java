package dev.sallyport.audit.seal;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Signs the chain's head every hour in which something happened, and as soon as another key signs.
@Stateless
public class Checkpoints {
  static final String KIND = "checkpoint";
  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final String SELECT =
      "select position, encode(hash, 'hex') as hash, kid, signed_at, jws from audit_checkpoint ";

  @Inject Sql sql;
  @Inject Clock clock;
  @Inject Sealing sealing;
  @Inject Statements statements;

  /// Newest first.
  @RequiresPermission(Permission.AUDIT_READ)
  public Page<Checkpoint> page(@Nullable Cursor after, int limit) {
    long below = after == null ? Long.MAX_VALUE : position(after);
    List<Checkpoint> found =
        sql.query(
            SELECT + "where position < ? order by position desc, signed_at desc limit ?",
            Checkpoint::read,
            below,
            limit + 1);
    boolean hasMore = found.size() > limit;
    List<Checkpoint> items = hasMore ? found.subList(0, limit) : found;
    String next = hasMore ? Cursor.of(Long.toString(items.getLast().position())).encode() : null;
    long total =
        sql.first("select count(*) as n from audit_checkpoint", row -> row.number("n")).orElse(0L);
    return new Page<>(items, next, total);
  }

  private static long position(Cursor after) {
    try {
      return Long.parseLong(after.values().getFirst());
    } catch (NumberFormatException e) {
      throw Cursor.refusal();
    }
  }

  /// Those of a part of the chain, in its order.
  @NoPermissionNeeded("Exports and the verifier carry them; both check who asked.")
  public List<Checkpoint> between(long first, long last) {
    return sql.query(
        SELECT + "where position between ? and ? order by position, signed_at",
        Checkpoint::read,
        first,
        last);
  }

  @NoPermissionNeeded("Retention and the console's badge ask.")
  public Optional<Checkpoint> newest() {
    return sql.first(SELECT + "order by position desc, signed_at desc limit 1", Checkpoint::read);
  }

  @NoPermissionNeeded("A timer calls it.")
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void signIfDue() {
    ChainHead head = sealing.head();
    if (head.position() > 0 && sql.tryLock("audit-checkpoint") && isDue(head)) {
      sign(head);
    }
  }

  /// Signs the head at once; for what can't wait for the hour.
  @NoPermissionNeeded("Retention calls it.")
  public void signNow() {
    ChainHead head = sealing.head();
    if (head.position() > 0) {
      sign(head);
    }
  }

  private boolean isDue(ChainHead head) {
    Optional<Checkpoint> newest = newest();
    if (newest.isEmpty()) {
      return true;
    }
    boolean isNew = newest.get().position() < head.position();
    boolean isTime = !newest.get().signedAt().plus(INTERVAL).isAfter(clock.instant());
    return isNew && isTime || !newest.get().kid().equals(statements.currentKid());
  }

  private void sign(ChainHead head) {
    Statements.Signed signed =
        statements.sign(KIND, Map.of("position", head.position(), "hash", head.hash()));
    sql.update(
        """
        insert into audit_checkpoint (position, kid, hash, jws, signed_at)
        values (?, ?, decode(?, 'hex'), ?, ?) on conflict do nothing
        """,
        head.position(),
        signed.kid(),
        head.hash(),
        signed.jws(),
        clock.instant());
  }
}
