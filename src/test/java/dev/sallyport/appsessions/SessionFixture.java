package dev.sallyport.appsessions;

import dev.sallyport.appauth.verification.AppFacts;
import dev.sallyport.appauth.verification.ConfigFacts;
import dev.sallyport.appauth.verification.IssuerFacts;
import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.apps.LabelSelector;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.jose.Claims;
import dev.sallyport.jose.KeySource;
import dev.sallyport.jose.SigningAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A session of one hour with an idle limit of ten minutes, and tokens for it.
public final class SessionFixture {
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  static final long MILLIS = NOW.toEpochMilli();
  private static final ConfigFacts CONFIG =
      new ConfigFacts(
          "aac_corp",
          "corp",
          new IssuerFacts("iss_1", "i", "sub", new KeySource.Url(URI.create("https://i/jwks"))),
          null,
          LabelSelector.of(Map.of("*", List.of("*"))),
          List.of("sub"),
          Set.of(),
          null,
          Duration.ofHours(1),
          Duration.ofMinutes(10),
          List.of(),
          List.of(),
          List.of(),
          false,
          List.of(),
          0,
          true);

  private SessionFixture() {}

  static SessionDetails details(String id, Instant expiresAt, Instant lastSeenAt) {
    return details(id, expiresAt, lastSeenAt, null);
  }

  static SessionDetails ended(String id, Instant endedAt) {
    return details(id, endedAt, endedAt, endedAt);
  }

  private static SessionDetails details(
      String id, Instant expiresAt, Instant lastSeenAt, @Nullable Instant endedAt) {
    return new SessionDetails(
        id,
        "app_wiki",
        "wiki",
        "aac_corp",
        "corp",
        "i",
        "u-1",
        "ann",
        "client-1",
        null,
        null,
        "192.0.2.1",
        null,
        NOW,
        NOW.plus(Duration.ofHours(1)),
        600,
        expiresAt,
        lastSeenAt,
        0,
        0,
        endedAt,
        endedAt == null ? null : EndReason.REVOKED.code(),
        endedAt == null ? null : "ann");
  }

  static SessionDetails details(String id) {
    return details(id, NOW.plus(Duration.ofHours(1)), NOW);
  }

  static LiveSession session() {
    return new LiveSession(details("aas_1"));
  }

  static AppFacts app(String id) {
    return new AppFacts(id, "wiki", "https://s/apps/wiki", Map.of());
  }

  /// A token of half an hour.
  public static VerifiedToken token(String text) {
    return token(text, NOW, NOW.plus(Duration.ofMinutes(30)));
  }

  static VerifiedToken token(String text, Instant iat, Instant exp) {
    return new VerifiedToken(
        TokenHash.of(text),
        CONFIG,
        "i",
        "u-1",
        "ann",
        "client-1",
        null,
        null,
        null,
        List.of(),
        List.of(),
        iat,
        exp,
        null,
        new VerifiedToken.Signature(Objects.requireNonNull(SigningAlgorithm.of("RS256")), "thumb"),
        Claims.ofJson("{}"));
  }
}
