package dev.sallyport.consolesessions;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes the last use of sessions in batches, so that no call waits for it.
@Singleton
@NoPermissionNeeded("A timer.")
public class SessionUseWriter {
  // Never back in time: another node may have written a later use.
  private static final String WRITE =
      """
      update console_session s set last_seen_at = greatest(s.last_seen_at, u.at)
      from (select id, timestamptz 'epoch' + micros * interval '1 microsecond' as at
            from unnest(?, ?) as batch (id, micros)) u
      where s.id = u.id and s.ended_at is null
      """;

  @Inject Sql sql;
  @Inject SessionUse use;

  // Outside of a transaction the one statement is committed when it returns, and only then may the
  // uses be forgotten.
  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void write() {
    Map<String, Instant> batch = use.waiting();
    if (batch.isEmpty()) {
      return;
    }
    List<String> ids = new ArrayList<>();
    List<Long> micros = new ArrayList<>();
    batch.forEach(
        (id, at) -> {
          ids.add(id);
          micros.add(ChronoUnit.MICROS.between(Instant.EPOCH, at));
        });
    sql.update(WRITE, ids.toArray(new String[0]), micros.toArray(new Long[0]));
    use.written(batch);
  }
}
