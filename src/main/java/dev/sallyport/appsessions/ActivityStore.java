package dev.sallyport.appsessions;

import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/// What use and time do to sessions, written in batches. Every method runs in the caller's
/// transaction.
@ApplicationScoped
class ActivityStore {
  @Inject Sql sql;

  /// Looks at what could be over by time, at most this many at once; ends what is and answers it.
  List<String> endOverdue(Instant now, int limit) {
    return sql.query(
        """
        with due as (
          select id, expires_at, last_seen_at + make_interval(secs => idle_seconds) as idle_at
          from app_session where ended_at is null and look_at <= ?
          limit ? for update skip locked),
        later as (
          update app_session s set look_at = least(d.expires_at, d.idle_at)
          from due d where s.id = d.id and least(d.expires_at, d.idle_at) > ?)
        update app_session s set ended_at = ?, ended_by = 'system', ended_reason =
          case when d.expires_at <= ? then 'expired' else 'idle' end
        from due d where s.id = d.id and least(d.expires_at, d.idle_at) <= ?
        returning s.id
        """,
        row -> row.text("id"),
        now,
        limit,
        now,
        now,
        now,
        now);
  }

  /// A use can't have been later than now, whatever the clock of the node that saw it.
  void write(List<Activity> batch) {
    sql.update(
        """
        update app_session s set
          last_seen_at = greatest(s.last_seen_at, least(b.seen, clock_timestamp())),
          calls = s.calls + b.calls
        from (select unnest(?) as id, to_timestamp(unnest(?) / 1000.0) as seen, unnest(?) as calls) b
        where s.id = b.id
        """,
        batch.stream().map(Activity::sessionId).toArray(String[]::new),
        batch.stream().map(Activity::seenAtMillis).toArray(Long[]::new),
        batch.stream().map(Activity::calls).toArray(Long[]::new));
  }

  /// What a node saw of a session since it last wrote.
  record Activity(String sessionId, long seenAtMillis, long calls) {}
}
