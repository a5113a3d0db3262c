package dev.sallyport.audit.seal;

import dev.sallyport.crypto.HashChain;
import dev.sallyport.persistence.Row;
import java.sql.SQLException;
import java.time.Instant;

/// Where the chain ends: the last row's position and the hash there. Behind the horizon (a
/// transaction, and a row within) nothing is sealed yet; before it, everything is.
public record ChainHead(
    long position, String hash, long horizonXid, long horizonSeq, Instant sealedAt) {
  static final ChainHead START = new ChainHead(0, HashChain.START, 0, -1, Instant.EPOCH);

  static ChainHead read(Row row) throws SQLException {
    return new ChainHead(
        row.number("last_position"),
        row.text("hash"),
        Long.parseLong(row.text("horizon_xid")),
        row.number("horizon_seq"),
        row.instant("sealed_at"));
  }
}
