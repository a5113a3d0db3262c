package dev.sallyport.connections;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import dev.sallyport.crypto.Secret;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/// What a token says of itself that a token endpoint gave. One that is no JWT, or an encrypted one,
/// says nothing to us.
record IssuedToken(boolean isReadable, @Nullable String issuer, @Nullable Instant expiry) {
  private static final IssuedToken OPAQUE = new IssuedToken(false, null, null);

  static IssuedToken of(Secret token) {
    try {
      JWTClaimsSet claims = JWTParser.parse(token.reveal()).getJWTClaimsSet();
      if (claims == null) {
        return OPAQUE;
      }
      Date end = claims.getExpirationTime();
      return new IssuedToken(true, claims.getIssuer(), end == null ? null : end.toInstant());
    } catch (ParseException e) {
      return OPAQUE;
    }
  }

  /// A slash at the end is the one difference between issuers that means nothing.
  boolean isOf(String expected) {
    return issuer != null && withoutSlash(issuer).equals(withoutSlash(expected));
  }

  /// Who issues what comes from this endpoint, as long as nobody says otherwise: the endpoint
  /// without `/token`. Issuers have no query (RFC 8414 section 2).
  static String usualIssuer(String endpoint) {
    int query = endpoint.indexOf('?');
    String bare = withoutSlash(query < 0 ? endpoint : endpoint.substring(0, query));
    return bare.endsWith("/token") ? bare.substring(0, bare.length() - "/token".length()) : bare;
  }

  private static String withoutSlash(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
