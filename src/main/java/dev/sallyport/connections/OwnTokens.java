package dev.sallyport.connections;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import dev.sallyport.crypto.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tokens that the gateway's own client got for apps, one for all callers.
@ApplicationScoped
class OwnTokens {
  @Inject TokenEndpoint endpoint;
  @Inject Clock clock;

  // By revision: a change makes the credential another one, and the old entry is never asked for.
  private record Version(String appId, long revision) {
    static Version of(StoredCredential credential) {
      return new Version(credential.appId(), credential.revision());
    }
  }

  private final Cache<Version, FetchedToken> tokens =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofHours(12)).build();
  private final Flights<Version, FetchedToken> flights = new Flights<>();

  /// One that is at hand.
  Optional<FetchedToken> held(StoredCredential credential) {
    return Optional.ofNullable(tokens.getIfPresent(Version.of(credential))).filter(this::isGood);
  }

  /// Asks for one; only one caller at a time does, and takes a place.
  FetchedToken get(StoredCredential credential, WaitingPlaces places) {
    return flights.join(
        Version.of(credential),
        () ->
            held(credential)
                .orElseGet(() -> places.waiting(credential.appId(), () -> ask(credential))));
  }

  private FetchedToken ask(StoredCredential credential) {
    FetchedToken token = endpoint.ask(credential, new ClientCredentialsGrant(), more(credential));
    tokens.put(Version.of(credential), token);
    return token;
  }

  /// The upstream would not take this one.
  void refused(StoredCredential credential, Secret token) {
    tokens
        .asMap()
        .computeIfPresent(
            Version.of(credential), (_, held) -> held.value().equals(token) ? null : held);
  }

  private boolean isGood(FetchedToken held) {
    return clock.instant().isBefore(held.until());
  }

  private static Map<String, String> more(StoredCredential credential) {
    @Nullable String audience = credential.settings().audience();
    return audience == null ? Map.of() : Map.of("audience", audience);
  }
}
