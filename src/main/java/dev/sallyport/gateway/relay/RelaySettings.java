package dev.sallyport.gateway.relay;

import java.time.Duration;

/// Limits of the relay.
///
/// @param maxBodyBytes largest request body; a larger one is refused
/// @param maxInFlight calls that one upstream serves at a time, open streams included
/// @param connectTimeout for name resolution, connect and TLS handshake together
/// @param idleTtl how long an unused connection is kept; below the idle limit of common servers
///     (Node closes after 5 s), because a request sent into a closing connection is lost
/// @param addressTtl how long a resolved address is used before it is resolved again
/// @param bodyTimeout how long a client may take for the next KiB of its body
/// @param watchAfter age at which a call starts to watch for the client's disconnect
/// @param patience how long calls wait for an upstream
public record RelaySettings(
    long maxBodyBytes,
    int maxInFlight,
    Duration connectTimeout,
    Duration idleTtl,
    Duration addressTtl,
    Duration bodyTimeout,
    Duration watchAfter,
    Patience patience) {

  /// How long calls wait for an upstream.
  ///
  /// @param response until the head of the answer, after the request was sent
  /// @param idle while an answer's body makes no progress
  /// @param place while all upstreams are at their limits
  public record Patience(Duration response, Duration idle, Duration place) {

    public Patience {
      requirePositive(response.toMillis(), "response");
      requirePositive(idle.toMillis(), "idle");
      requirePositive(place.toMillis(), "place");
    }
  }

  public RelaySettings {
    requirePositive(maxBodyBytes, "maxBodyBytes");
    requirePositive(maxInFlight, "maxInFlight");
    requirePositive(connectTimeout.toMillis(), "connectTimeout");
    requirePositive(idleTtl.toMillis(), "idleTtl");
    requirePositive(addressTtl.toMillis(), "addressTtl");
    requirePositive(bodyTimeout.toMillis(), "bodyTimeout");
    requirePositive(watchAfter.toMillis(), "watchAfter");
  }

  /// What holds where no setting says otherwise.
  public static RelaySettings defaults() {
    return new RelaySettings(
        16L * 1024 * 1024,
        20_000,
        Duration.ofSeconds(3),
        Duration.ofSeconds(4),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofMillis(25),
        new Patience(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(2)));
  }

  private static void requirePositive(long value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive");
    }
  }
}
