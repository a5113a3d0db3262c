package dev.sallyport.apikeys;

import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Secret;
import dev.sallyport.jose.JwtSigner;
import dev.sallyport.jose.OwnTokenVerifier;
import dev.sallyport.keyring.KeyPurpose;
import dev.sallyport.keyring.Ring;
import dev.sallyport.keyring.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// Signs and verifies tokens for REST, with a key ring of their own.
@ApplicationScoped
public class ApiTokens {
  private static final Duration LONGEST = Duration.ofMinutes(15);
  // Which key signs depends on the time as well.
  private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

  @Inject SigningKeys signingKeys;
  @Inject Settings settings;
  @Inject Clock clock;

  private volatile @Nullable Keys keys;

  private record Keys(Ring ring, JwtSigner signer, OwnTokenVerifier verifier, long madeAt) {
    boolean areCurrent(Ring now) {
      return ring.equals(now) && System.nanoTime() - madeAt < FRESH_NANOS;
    }
  }

  /// The `iss` and `aud` of these tokens; no app trusts this issuer.
  String issuer() {
    return settings.publicBase() + "/api";
  }

  String sign(Map<String, Object> claims) {
    return keys().signer().sign(claims);
  }

  Optional<JsonWebToken> verify(String keyId, Secret token) {
    return keys().verifier().verify(keyId, token.reveal());
  }

  private Keys keys() {
    Ring ring = signingKeys.ring(KeyPurpose.API_TOKENS);
    Keys known = keys;
    if (known != null && known.areCurrent(ring)) {
      return known;
    }
    var signer = new JwtSigner(ring.materials(clock.instant()));
    var expected = new OwnTokenVerifier.Expected(issuer(), issuer(), LONGEST);
    var made =
        new Keys(
            ring, signer, new OwnTokenVerifier(signer.publicKeys(), expected), System.nanoTime());
    keys = made;
    return made;
  }
}
