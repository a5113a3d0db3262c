package dev.sallyport.audit.seal;

import dev.sallyport.audit.AuditRow;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.crypto.HashChain;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/// Appends committed rows to the chain. Only rows of transactions older than every running one are
/// taken: whatever commits late is still behind the horizon then, and comes with a later batch.
@Stateless
@NoPermissionNeeded("The sealer's timer calls it; no actor does.")
public class Sealing {
  static final int BATCH = 2_000;

  private static final String HEAD =
      """
      select last_position, encode(hash, 'hex') as hash, horizon_xid::text, horizon_seq, sealed_at
      from audit_seal order by last_position desc limit 1
      """;

  // A copy of the table's rows may bring transaction ids of another cluster: what is sealed stays
  // so.
  private static final String UNSEALED =
      """
      select e.*, e.xid::text as xid_text from audit_event e
      where (e.xid, e.seq) > (cast(? as xid8), ?) and e.xid < cast(? as xid8)
        and not exists (select 1 from audit_seal_row s where s.seq = e.seq)
      order by e.xid, e.seq limit ?
      """;

  private static final String UNSEALED_IN_ANOTHER_CLUSTER =
      """
      select e.*, e.xid::text as xid_text from audit_event e
      where not exists (select 1 from audit_seal_row s where s.seq = e.seq)
      order by e.xid, e.seq limit ?
      """;

  @Inject Sql sql;
  @Inject Clock clock;

  private record Unsealed(AuditRow row, long seq, long xid) {
    static Unsealed read(Row row) throws SQLException {
      return new Unsealed(
          AuditRow.read(row), row.number("seq"), Long.parseLong(row.text("xid_text")));
    }
  }

  /// The end of the chain as it is now.
  public ChainHead head() {
    return sql.first(HEAD, ChainHead::read).orElse(ChainHead.START);
  }

  /// Seals one batch; answers how many rows that were. None, when another node is at it.
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public int sealBatch() {
    if (!sql.tryLock("audit-seal")) {
      return 0;
    }
    ChainHead head = head();
    long xmin =
        sql.first(
                "select pg_snapshot_xmin(pg_current_snapshot())::text as xmin",
                row -> Long.parseLong(row.text("xmin")))
            .orElseThrow();
    List<Unsealed> rows = unsealed(head, xmin);
    if (!rows.isEmpty()) {
      append(head, rows, horizon(head, rows, xmin));
    }
    return rows.size();
  }

  private List<Unsealed> unsealed(ChainHead head, long xmin) {
    if (head.horizonXid() > xmin) {
      return sql.query(UNSEALED_IN_ANOTHER_CLUSTER, Unsealed::read, BATCH);
    }
    return sql.query(
        UNSEALED,
        Unsealed::read,
        Long.toString(head.horizonXid()),
        head.horizonSeq(),
        Long.toString(xmin),
        BATCH);
  }

  private record Horizon(long xid, long seq) {}

  private static Horizon horizon(ChainHead head, List<Unsealed> rows, long xmin) {
    if (rows.size() < BATCH) {
      return new Horizon(xmin, -1);
    }
    return head.horizonXid() > xmin
        ? new Horizon(head.horizonXid(), head.horizonSeq())
        : new Horizon(rows.getLast().xid(), rows.getLast().seq());
  }

  private void append(ChainHead head, List<Unsealed> rows, Horizon horizon) {
    int size = rows.size();
    String[] leaves = new String[size];
    String[] hashes = new String[size];
    String hash = head.hash();
    for (int i = 0; i < size; i++) {
      leaves[i] = HashChain.leaf(CanonicalRow.of(rows.get(i).row(), rows.get(i).seq()));
      hash = HashChain.link(hash, leaves[i]);
      hashes[i] = hash;
    }
    sql.update(
        """
        insert into audit_seal_row (position, seq, id, at, leaf, hash)
        select ? + n, seq, id, at::timestamptz, decode(leaf, 'hex'), decode(hash, 'hex')
        from unnest(?, ?, ?, ?, ?) with ordinality as sealed (seq, id, at, leaf, hash, n)
        """,
        head.position(),
        rows.stream().map(Unsealed::seq).toArray(Long[]::new),
        rows.stream().map(row -> row.row().id()).toArray(String[]::new),
        rows.stream().map(row -> row.row().at().toString()).toArray(String[]::new),
        leaves,
        hashes);
    insertBatch(head, size, hash, horizon);
  }

  private void insertBatch(ChainHead head, int size, String hash, Horizon horizon) {
    sql.update(
        """
        insert into audit_seal (first_position, last_position, row_count, previous, hash,
          horizon_xid, horizon_seq, sealed_at)
        values (?, ?, ?, decode(?, 'hex'), decode(?, 'hex'), cast(? as xid8), ?, ?)
        """,
        head.position() + 1,
        head.position() + size,
        size,
        head.hash(),
        hash,
        Long.toString(horizon.xid()),
        horizon.seq(),
        clock.instant());
  }
}
