package dev.sallyport.testing;

import dev.sallyport.crypto.TokenHash;
import dev.sallyport.jose.SigningKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A token in the making; each change gives another one.
public final class TestToken {
  private static final JsonMapper JSON = new JsonMapper();

  private final String pair;
  private final Map<String, Object> header;
  private final Map<String, Object> claims;
  private @Nullable String signed;

  TestToken(String pair, Map<String, Object> header, Map<String, Object> claims) {
    this.pair = pair;
    this.header = header;
    this.claims = claims;
  }

  public TestToken with(String claim, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(claims);
    changed.put(claim, value);
    return new TestToken(pair, header, changed);
  }

  public TestToken without(String claim) {
    Map<String, Object> changed = new LinkedHashMap<>(claims);
    changed.remove(claim);
    return new TestToken(pair, header, changed);
  }

  public TestToken header(String member, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(header);
    changed.put(member, value);
    return new TestToken(pair, changed, claims);
  }

  /// Another token of the same sign-in, issued a moment earlier or later.
  public TestToken refreshed() {
    return with("jti", Unique.name("jti"));
  }

  public Object claim(String name) {
    return claims.get(name);
  }

  /// The same text whenever it is asked for, though each ECDSA signature differs.
  public synchronized String signed() {
    String text = signed;
    if (text == null) {
      text = signedBy(pair);
      signed = text;
    }
    return text;
  }

  /// Signed by a key that need not be the issuer's.
  public String signedBy(String other) {
    return SigningKeys.sign(
        other, "ES256", JSON.writeValueAsString(header), JSON.writeValueAsString(claims));
  }

  /// The header and payload of this token with that signature part.
  public String withSignature(String signature) {
    return SigningKeys.part(JSON.writeValueAsString(header))
        + "."
        + SigningKeys.part(JSON.writeValueAsString(claims))
        + "."
        + signature;
  }

  /// The token's hash, as lookups want it.
  public static String hash(String signed) {
    return TokenHash.of(signed).hex();
  }
}
