package dev.sallyport.connections.flow;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.connections.grants.Person;
import dev.sallyport.consolesessions.Trips;
import dev.sallyport.crypto.Vault;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/// Those who are at an authorization server.
@Stateless
@NoPermissionNeeded("Whoever calls has checked who the person is.")
public class ConnectStates {
  static final String PREFIX = "cs-";
  private static final Trips.Table TABLE =
      new Trips.Table("connect_state", PREFIX, List.of("issuer", "subject"), 10);
  private static final TypeReference<ConnectState> TYPE = new TypeReference<>() {};

  @Inject Sql sql;
  @Inject Vault vault;
  @Inject Clock clock;

  /// Keeps one; answers its id. Where there are too many, the oldest go.
  public String keep(ConnectState state) {
    Person person = state.trip().target().person();
    return trips().keep(state, List.of(person.issuer(), person.subject()));
  }

  /// Takes one away and gives it back; empty when it is unknown, taken or too old.
  public Optional<ConnectState> take(String id) {
    return trips().take(id, TYPE);
  }

  /// Of these ids the ones that still wait, oldest first.
  public List<String> waiting(List<String> ids) {
    return trips().waiting(ids);
  }

  @Schedule(hour = "*", minute = "*/5", second = "45", persistent = false)
  void sweep() {
    trips().sweep();
  }

  private Trips trips() {
    return new Trips(TABLE, sql, vault, clock);
  }
}
