package dev.sallyport.login.flow;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.consolesessions.Trips;
import dev.sallyport.crypto.Vault;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/// The sign-ins on their way.
@Stateless
@NoPermissionNeeded("Signing in comes before there is an actor.")
public class PreLogins {
  static final String PREFIX = "pl-";
  private static final Trips.Table TABLE =
      new Trips.Table("pre_login", PREFIX, List.of("address_group"), 50);
  private static final TypeReference<PreLogin> TYPE = new TypeReference<>() {};

  @Inject Sql sql;
  @Inject Vault vault;
  @Inject Clock clock;

  /// The time as this node and the database agree on it: what begins now is not after a sign-out
  /// that comes later.
  public Instant now() {
    return sql.agreed(clock.instant());
  }

  /// Keeps a sign-in; answers its id. Where there are too many, the oldest go.
  public String keep(PreLogin login, String addressGroup) {
    return trips().keep(login, List.of(addressGroup));
  }

  /// Takes a sign-in away and gives it back; empty when it is unknown, taken or too old.
  public Optional<PreLogin> take(String id) {
    return trips().take(id, TYPE);
  }

  /// Of these ids the ones that still wait, oldest first.
  public List<String> waiting(List<String> ids) {
    return trips().waiting(ids);
  }

  @Schedule(hour = "*", minute = "*/5", second = "20", persistent = false)
  void sweep() {
    trips().sweep();
  }

  private Trips trips() {
    return new Trips(TABLE, sql, vault, clock);
  }
}
