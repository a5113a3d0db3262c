package dev.sallyport.keyring;

import dev.sallyport.config.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A node's keys for tests: what a rotation that keeps its keys in memory holds at the moment.
public final class Rings extends KeyRotation {
  /// Whoever rotates the server's keys, or holds them in a transaction, does it alone: transactions
  /// of tests take their locks in another order.
  static final String ALONE = "the server's signing keys";

  private final List<RingKey> keys = new ArrayList<>();
  private int reads;

  /// The keys as a node sees them that starts now.
  public SigningKeys node(Clock clock) {
    SigningKeys node = new SigningKeys();
    node.rotation = this;
    node.clock = clock;
    node.settings = Settings.read(Map.of("SALLYPORT_MASTER_KEY", "k"));
    node.readAll();
    return node;
  }

  /// Adds a key that is newer than those before.
  public RingKey add(Instant activeFrom, @Nullable Instant retiredAt) {
    RingKey key =
        new RingKey(
            "key_" + keys.size() + "AAAAAAAAAAAAAAAAAAAAA",
            KeyPurpose.CONSOLE_COOKIES.newKey(),
            activeFrom.minus(Duration.ofMinutes(1)),
            activeFrom,
            retiredAt);
    keys.addFirst(key);
    return key;
  }

  public void removeAll() {
    keys.clear();
  }

  int reads() {
    return reads;
  }

  @Override
  public List<RingKey> keysOf(KeyPurpose purpose) {
    reads++;
    return List.copyOf(keys);
  }
}
