package dev.sallyport.testing.idp;

import java.time.Duration;

/// How the demo issuer answers for its keys.
public sealed interface JwksBehaviour {
  /// At once, with the keys.
  JwksBehaviour HEALTHY = new Slow(Duration.ZERO);

  /// With this status and no keys.
  record Failing(int status) implements JwksBehaviour {}

  /// With the keys, that much later.
  record Slow(Duration delay) implements JwksBehaviour {}
}
