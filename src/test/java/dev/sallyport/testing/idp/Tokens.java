package dev.sallyport.testing.idp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What each kind of token says. They come as builders, so that a test can still break them.
final class Tokens {
  static final Duration LIFETIME = Duration.ofHours(1);
  static final String DEFAULT_SCOPE = "openid profile email";
  private static final Duration LOGOUT_LIFETIME = Duration.ofMinutes(2);
  private static final String LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";

  private final String issuer;
  private final IssuerKeys keys;
  private final Clock clock;

  Tokens(String issuer, IssuerKeys keys, Clock clock) {
    this.issuer = issuer;
    this.keys = keys;
    this.clock = clock;
  }

  /// RFC 9068, for the demo's audience.
  TokenBuilder access(DemoUser user, IdpSession session) {
    Map<String, Object> claims = signedIn(user, session);
    claims.put("aud", DemoIssuer.AUDIENCE);
    claims.put("client_id", session.client());
    claims.put("scope", DEFAULT_SCOPE);
    claims.put("jti", UUID.randomUUID().toString());
    return new TokenBuilder(keys.current(), claims).issuedAt(now(), LIFETIME);
  }

  /// OpenID Connect Core 1.0 sections 2 and 3.1.3.6.
  TokenBuilder identity(DemoUser user, IdpSession session, String accessToken) {
    Map<String, Object> claims = signedIn(user, session);
    claims.put("aud", session.client());
    claims.put("name", user.displayName());
    claims.put("at_hash", halfHash(accessToken));
    return new TokenBuilder(keys.current(), claims).header("typ", "JWT").issuedAt(now(), LIFETIME);
  }

  /// OpenID Connect Back-Channel Logout 1.0 section 2.4; without `sid`, all sessions are meant.
  TokenBuilder logout(String client, String subject, Optional<String> sid) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.put("aud", client);
    claims.put("sub", subject);
    sid.ifPresent(id -> claims.put("sid", id));
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("events", Map.of(LOGOUT_EVENT, Map.of()));
    return new TokenBuilder(keys.current(), claims)
        .header("typ", "logout+jwt")
        .issuedAt(now(), LOGOUT_LIFETIME);
  }

  /// The claims of a token that a published key signed, expired or not.
  Optional<JWTClaimsSet> verified(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      var key = keys.publicKeys().getKeyByKeyId(jwt.getHeader().getKeyID());
      return key != null && jwt.verify(new RSASSAVerifier(key.toRSAKey()))
          ? Optional.of(jwt.getJWTClaimsSet())
          : Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  Instant now() {
    return clock.instant();
  }

  static Map<String, Object> about(DemoUser user) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", user.subject());
    claims.put("preferred_username", user.name());
    claims.put("email", user.email());
    claims.put("email_verified", true);
    claims.put("groups", user.groups());
    return claims;
  }

  private Map<String, Object> signedIn(DemoUser user, IdpSession session) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.putAll(about(user));
    claims.put("azp", session.client());
    claims.put("sid", session.sid());
    claims.put("auth_time", session.start().getEpochSecond());
    return claims;
  }

  private static String halfHash(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The scopes that discovery names.
  static List<String> scopes() {
    return List.of(DEFAULT_SCOPE.split(" "));
  }
}
