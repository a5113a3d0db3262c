package dev.sallyport.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Verifies the tokens that this server signs for its own REST API, as MicroProfile JWT 2.1 asks:
/// signature by one of our keys, `iss`, `aud`, `exp`, `iat`, and a name (`upn`).
public final class OwnTokenVerifier {
  private final Map<String, JWTParser> byKeyId = new HashMap<>();

  /// What every token of ours has in common.
  public record Expected(String issuer, String audience, Duration longest) {}

  /// `keys` is the public key set, as [JwtSigner#publicKeys] writes it.
  public OwnTokenVerifier(String keys, Expected expected) {
    try {
      for (JWK key : JWKSet.parse(keys).getKeys()) {
        byKeyId.put(key.getKeyID(), parser(key.toECKey().toPublicKey(), expected));
      }
    } catch (java.text.ParseException | JOSEException e) {
      throw new IllegalStateException("a key set of our own can't be read", e);
    }
  }

  private static JWTParser parser(PublicKey key, Expected expected) {
    var rules = new JWTAuthContextInfo(key, expected.issuer());
    rules.setSignatureAlgorithm(SignatureAlgorithm.ES256);
    rules.setExpectedAudience(Set.of(expected.audience()));
    rules.setMaxTimeToLiveSecs(expected.longest().toSeconds());
    rules.setRequiredClaims(Set.of("upn", "jti", "iat"));
    return new DefaultJWTParser(rules);
  }

  /// The token, if it is ours and valid now. The key id only picks among our own keys.
  public Optional<JsonWebToken> verify(String keyId, String token) {
    JWTParser parser = byKeyId.get(keyId);
    if (parser == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.parse(token));
    } catch (ParseException e) {
      return Optional.empty();
    }
  }
}
