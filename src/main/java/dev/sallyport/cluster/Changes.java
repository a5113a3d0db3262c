package dev.sallyport.cluster;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Collection;

/// Tells all nodes of a change, within the transaction that makes it.
@Stateless
@NoPermissionNeeded("Services tell of their own changes.")
public class Changes {
  @Inject Sql sql;

  public void tell(Change.Kind kind, Collection<String> refs) {
    if (refs.isEmpty()) {
      return;
    }
    // The database's time: a change of a node whose clock is wrong must not be swept before others
    // have read it.
    sql.update(
        "insert into change (kind, ref, at) select ?, ref, clock_timestamp() from unnest(?) ref",
        kind.name(),
        refs.toArray(new String[0]));
    // The payload stays empty: it is limited, and the table says what happened.
    sql.query("select pg_notify('sallyport_change', '')::text as x", row -> 0);
  }
}
