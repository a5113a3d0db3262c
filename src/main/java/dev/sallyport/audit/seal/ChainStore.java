package dev.sallyport.audit.seal;

import dev.sallyport.audit.AuditRow;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.crypto.HashChain;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Reads the chain in pieces, so that nothing long is held in memory or in one transaction.
@Stateless
@NoPermissionNeeded("The verifier and exports read it; both check who asked.")
public class ChainStore {
  private static final String LINKS =
      """
      select s.position as seal_position, s.id as seal_id, s.seq as seal_seq, s.at as seal_at,
        encode(s.leaf, 'hex') as leaf, encode(s.hash, 'hex') as hash, e.*
      from audit_seal_row s left join audit_event e on e.at = s.at and e.seq = s.seq
      where s.position > ? and s.position <= ? order by s.position limit ?
      """;

  @Inject Sql sql;

  /// One row of the chain. `text` is what its row would be hashed as now: absent when the row is
  /// gone, or can't be read.
  public record Link(
      long position,
      String id,
      Instant at,
      String leaf,
      String hash,
      boolean isPresent,
      @Nullable String text) {

    static Link read(Row row) throws SQLException {
      boolean isPresent = row.textOrNull("id") != null;
      return new Link(
          row.number("seal_position"),
          row.text("seal_id"),
          row.instant("seal_at"),
          row.text("leaf"),
          row.text("hash"),
          isPresent,
          isPresent ? text(row) : null);
    }

    private static @Nullable String text(Row row) throws SQLException {
      try {
        return CanonicalRow.of(AuditRow.read(row), row.number("seq"));
      } catch (JacksonException e) {
        return null; // somebody broke its details
      }
    }
  }

  /// Where the chain begins: behind what retention dropped.
  public record Origin(long position, String hash, Instant upper) {
    static final Origin FIRST = new Origin(0, HashChain.START, Instant.EPOCH);
  }

  public Origin origin() {
    return sql.first(
            """
            select position, encode(hash, 'hex') as hash, upper from audit_retirement
            order by upper desc limit 1
            """,
            row -> new Origin(row.number("position"), row.text("hash"), row.instant("upper")))
        .orElse(Origin.FIRST);
  }

  /// The next links behind a position, up to the last one wanted.
  public List<Link> links(long after, long last, int limit) {
    return sql.query(LINKS, Link::read, after, last, limit);
  }

  /// The hash at a position, for a walk that begins in the middle.
  public Optional<String> hash(long position) {
    return sql.first(
        "select encode(hash, 'hex') as hash from audit_seal_row where position = ?",
        row -> row.text("hash"),
        position);
  }

  /// How many rows wait for the sealer.
  public long unsealed(ChainHead head) {
    return sql.first(
            """
            select count(*) as n from audit_event e where (e.xid, e.seq) > (cast(? as xid8), ?)
              and not exists (select 1 from audit_seal_row s where s.seq = e.seq)
            """,
            row -> row.number("n"),
            Long.toString(head.horizonXid()),
            head.horizonSeq())
        .orElse(0L);
  }

  /// A row that pretends to be older than what is sealed, if there is one: the sealer never saw it.
  public Optional<String> smuggled(ChainHead head) {
    return sql.first(
        """
        select e.id from audit_event e where (e.xid, e.seq) <= (cast(? as xid8), ?)
          and not exists (
            select 1 from audit_seal_row s where s.seq = e.seq and s.at = e.at and s.id = e.id)
        order by e.seq limit 1
        """,
        row -> row.text("id"),
        Long.toString(head.horizonXid()),
        head.horizonSeq());
  }
}
