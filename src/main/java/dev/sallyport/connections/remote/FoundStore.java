package dev.sallyport.connections.remote;

import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/// The last good discovery of each app, for the time when its servers can't be asked: tokens that
/// are there already must not depend on them, on no node and after no restart.
@ApplicationScoped
class FoundStore {
  private static final TypeReference<Found> FOUND = new TypeReference<>() {};
  private static final Duration GOOD_FOR = Duration.ofDays(1);

  @Inject Sql sql;
  @Inject Clock clock;

  void keep(FoundFor what, Found found) {
    sql.update(
        """
        insert into app_discovery (app_id, asked_for, found, found_at) values (?, ?, ?, ?)
        on conflict (app_id) do update set asked_for = excluded.asked_for,
          found = excluded.found, found_at = excluded.found_at
        """,
        what.appId(),
        what.text(),
        Json.write(found),
        clock.instant());
  }

  /// What was found for the same address and settings, within a day.
  Optional<Found> last(FoundFor what) {
    return sql.first(
        "select found from app_discovery where app_id = ? and asked_for = ? and found_at > ?",
        row -> Json.read(row.text("found"), FOUND),
        what.appId(),
        what.text(),
        clock.instant().minus(GOOD_FOR));
  }

  /// What decides the outcome of a discovery, besides the other side.
  record FoundFor(String appId, String uri, ConnectionSettings settings) {
    String text() {
      return Json.write(
          new String[] {
            uri, String.valueOf(settings.authorizationServer()), String.valueOf(settings.resource())
          });
    }
  }
}
