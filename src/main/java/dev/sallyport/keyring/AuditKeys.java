package dev.sallyport.keyring;

import dev.sallyport.audit.seal.CheckpointKeys;
import dev.sallyport.crypto.Secret;
import dev.sallyport.jose.JwtSigner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Keeps the ring that the audit signs with.
@ApplicationScoped
public class AuditKeys implements CheckpointKeys {
  private static final String PURPOSE = "audit";

  @Inject KeyRing ring;
  @Inject Clock clock;

  @Override
  public Secret current() {
    Instant now = clock.instant();
    List<KeyRing.Key> keys = ring.keys(PURPOSE, JwtSigner::newKey);
    return keys.stream()
        .filter(key -> !key.activeFrom().isAfter(now))
        .findFirst()
        .orElse(keys.getLast())
        .material();
  }
}
