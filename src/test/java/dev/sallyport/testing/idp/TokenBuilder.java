package dev.sallyport.testing.idp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Builds one token of the demo issuer, right or wrong in any way. Header and payload are written
/// as they stand, without a library's checks: what a builder refuses, a test can't send.
public final class TokenBuilder {
  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims;
  private final RSAKey issuerKey;

  TokenBuilder(RSAKey issuerKey, Map<String, Object> claims) {
    this.issuerKey = issuerKey;
    this.claims = new LinkedHashMap<>(claims);
    header.put("typ", "at+jwt");
    header.put("kid", issuerKey.getKeyID());
  }

  public TokenBuilder header(String name, Object value) {
    header.put(name, value);
    return this;
  }

  public TokenBuilder withoutHeader(String name) {
    header.remove(name);
    return this;
  }

  public TokenBuilder claim(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  public TokenBuilder without(String... names) {
    List.of(names).forEach(claims::remove);
    return this;
  }

  public TokenBuilder audience(String... audience) {
    return claim("aud", audience.length == 1 ? audience[0] : List.of(audience));
  }

  /// Sets `iat`, and `exp` to that much later.
  public TokenBuilder issuedAt(Instant issuedAt, Duration lifetime) {
    return claim("iat", issuedAt.getEpochSecond())
        .claim("exp", issuedAt.plus(lifetime).getEpochSecond());
  }

  public TokenBuilder expiresAt(Instant expiresAt) {
    return claim("exp", expiresAt.getEpochSecond());
  }

  /// With the issuer's current key, RS256.
  public String sign() {
    return sign(JWSAlgorithm.RS256);
  }

  /// With the issuer's current key and another RSA algorithm.
  public String sign(JWSAlgorithm algorithm) {
    return signWith(issuerKey, algorithm);
  }

  /// With any key. The `kid` stays the issuer's unless the test sets another.
  public String signWith(JWK key, JWSAlgorithm algorithm) {
    try {
      return signed(algorithm, new DefaultJWSSignerFactory().createJWSSigner(key, algorithm));
    } catch (JOSEException e) {
      throw new IllegalArgumentException("The key can't sign " + algorithm, e);
    }
  }

  /// HS256 with the issuer's published key as the shared secret: the key confusion attack, RFC 8725
  /// section 2.1.
  public String signWithPublicKeyAsSecret() {
    try {
      JWSSigner signer = new MACSigner(issuerKey.toRSAPublicKey().getEncoded());
      return signed(JWSAlgorithm.HS256, signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("No HS256 signature", e);
    }
  }

  /// `alg` none, with the empty third part.
  public String unsigned() {
    return signingInput("none") + ".";
  }

  /// Signed by the issuer, then one claim changed under the same signature.
  public String signThenChange(String name, Object value) {
    String token = sign();
    String signature = token.substring(token.lastIndexOf('.'));
    claim(name, value);
    return signingInput(JWSAlgorithm.RS256.getName()) + signature;
  }

  private String signed(JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
    String input = signingInput(algorithm.getName());
    byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
    return input + "." + signer.sign(new JWSHeader(algorithm), bytes);
  }

  private String signingInput(String algorithm) {
    Map<String, Object> complete = new LinkedHashMap<>();
    complete.put("alg", algorithm);
    // An "alg" that the test set wins: a header may lie about its signature.
    complete.putAll(header);
    return encode(complete) + "." + encode(claims);
  }

  private static String encode(Map<String, Object> json) {
    return Base64URL.encode(JsonMapper.shared().writeValueAsString(json)).toString();
  }
}
