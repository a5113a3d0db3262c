package dev.sallyport.gateway.routes;

import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.HealthBoard;
import dev.sallyport.gateway.checks.HealthChecks;
import dev.sallyport.gateway.health.Circuit;
import dev.sallyport.gateway.relay.Egress;
import dev.sallyport.gateway.relay.UpstreamPool;
import dev.sallyport.gateway.relay.UpstreamTarget;
import dev.sallyport.gateway.relay.WaitCounts;
import dev.sallyport.gateway.relay.WaitingRoom;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The pools of all upstreams. One that did not move keeps its connections and what is known of its
/// health. Used under the lock of [Routes].
public final class Pools {
  private final Egress egress;
  private final Clock clock;
  private final HealthBoard board;
  private final HealthChecks checks;
  private final Map<Key, UpstreamPool> pools = new HashMap<>();
  private final Map<String, WaitingRoom> rooms = new HashMap<>();
  private final WaitCounts waits = new WaitCounts();
  private final Set<Key> used = new HashSet<>();
  private final Set<String> usedRooms = new HashSet<>();

  // Another certificate needs other connections.
  private record Key(UpstreamTarget target, SSLContext tls) {}

  public Pools(Egress egress, Clock clock, HealthBoard board, HealthChecks checks) {
    this.egress = egress;
    this.clock = clock;
    this.board = board;
    this.checks = checks;
  }

  public WaitCounts waits() {
    return waits;
  }

  /// From here on it counts what is used.
  public void begin() {
    used.clear();
    usedRooms.clear();
  }

  /// @param own the app's own trust and identity; null for everybody's
  public UpstreamPool of(AppDetails app, UpstreamTarget target, @Nullable SSLContext own) {
    Key key = new Key(target, own == null ? egress.tls() : own);
    used.add(key);
    usedRooms.add(app.id());
    int waiting = app.traffic().waiting();
    WaitingRoom room = rooms.computeIfAbsent(app.id(), id -> new WaitingRoom(waiting, waits));
    room.resize(waiting);
    UpstreamPool pool = pools.computeIfAbsent(key, k -> open(k, room));
    Integer calls = app.traffic().maxCallsPerUpstream();
    pool.limit(Objects.requireNonNullElse(calls, egress.settings().maxInFlight()));
    checks.watch(pool, app.traffic().checked());
    return pool;
  }

  private UpstreamPool open(Key key, WaitingRoom room) {
    Circuit circuit = new Circuit(clock, System::nanoTime);
    board.show(key.target().id(), circuit);
    return new UpstreamPool(key.target(), egress.with(key.tls()), circuit, room);
  }

  void closeUnused() {
    pools.values().removeIf(this::isClosed);
    rooms.keySet().retainAll(usedRooms);
  }

  private boolean isClosed(UpstreamPool pool) {
    if (used.contains(new Key(pool.target(), pool.tls()))) {
      return false;
    }
    checks.forget(pool);
    board.takeDown(pool.target().id(), pool.circuit());
    pool.close();
    return true;
  }
}
