package dev.sallyport.connections.flow;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Where MCP sessions live that began with the gateway, before their person had connected an
/// account; for the nodes that did not hand them over.
@Stateless
@NoPermissionNeeded("The gateway's own; places are sealed to the session's owner.")
public class HandedSessions {
  private static final Duration KEPT = Duration.ofDays(7);

  @Inject Sql sql;
  @Inject Clock clock;

  /// The sealed place of the session of this id.
  public Optional<String> find(TokenHash id) {
    return sql.first(
        "select place from connect_session where id_hash = ?", row -> row.text("place"), id.hex());
  }

  /// Keeps the place, unless another node was faster; answers the one that counts.
  public String keep(TokenHash id, String place) {
    sql.update(
        """
        insert into connect_session (id_hash, place, expires_at) values (?, ?, ?)
        on conflict (id_hash) do nothing
        """,
        id.hex(),
        place,
        clock.instant().plus(KEPT));
    return find(id).orElse(place);
  }

  @Schedule(hour = "*", minute = "*/15", second = "50", persistent = false)
  void sweep() {
    sql.update("delete from connect_session where expires_at < ?", clock.instant());
  }
}
