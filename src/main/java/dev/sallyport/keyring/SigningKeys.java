package dev.sallyport.keyring;

import dev.sallyport.authz.CallContext;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.DatabaseReady;
import dev.sallyport.cluster.FeedReset;
import dev.sallyport.config.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The signing keys as this node holds them in memory: read at start, when the feed says that they
/// changed, and when somebody names one that is not known yet. Asking for them never waits.
@ApplicationScoped
public class SigningKeys {
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  @Inject KeyRotation rotation;
  @Inject Settings settings;
  @Inject Clock clock;

  private final Map<KeyPurpose, Ring> rings = new ConcurrentHashMap<>();
  private final AtomicLong nextLook = new AtomicLong(System.nanoTime());

  /// The first keys are made here: a server that can't sign must not start.
  void start(@Observes @Priority(DatabaseReady.KEYS) DatabaseReady ready) {
    readAll();
  }

  /// What changed between that and the feed's start nobody tells.
  void startFollowing(@Observes @Priority(DatabaseReady.CACHES) DatabaseReady ready) {
    readAll();
  }

  void changed(@Observes Change change) {
    if (change.kind() == Change.Kind.SIGNING_KEYS) {
      KeyPurpose.ofCode(change.ref()).ifPresent(this::read);
    }
  }

  void reset(@Observes FeedReset reset) {
    readAll();
  }

  void readAll() {
    for (KeyPurpose purpose : KeyPurpose.values()) {
      read(purpose);
    }
  }

  private void read(KeyPurpose purpose) {
    CallContext.system()
        .run(
            () ->
                rings.put(
                    purpose,
                    new Ring(rotation.keysOf(purpose), settings.cookies().keyRetention())));
  }

  public Ring ring(KeyPurpose purpose) {
    return Objects.requireNonNull(rings.get(purpose), "the keys are read at start");
  }

  /// The key that this id names, if this node has heard of it.
  public Optional<RingKey> known(KeyPurpose purpose, String id) {
    return ring(purpose).verifying(id, clock.instant());
  }

  /// The key that this id names. One that another node just made is looked up, at most once a
  /// second: names that strangers make up must not become a load.
  public Optional<RingKey> verifying(KeyPurpose purpose, String id) {
    Optional<RingKey> known = known(purpose, id);
    if (known.isPresent() || !mayLook()) {
      return known;
    }
    read(purpose);
    return known(purpose, id);
  }

  private boolean mayLook() {
    long now = System.nanoTime();
    long next = nextLook.get();
    return now - next >= 0 && nextLook.compareAndSet(next, now + PAUSE_NANOS);
  }
}
