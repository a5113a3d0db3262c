package dev.sallyport.testing;

import dev.sallyport.jose.SigningKeys;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An identity provider that consists of its name and one key.
public record TestIssuer(String iss, String pair) {
  private static final JsonMapper JSON = new JsonMapper();

  public static TestIssuer create() {
    String name = Unique.name("idp");
    return new TestIssuer("https://" + name + ".test", "P-256/" + name);
  }

  /// The public keys, for a `staticJwks`.
  public JsonNode jwks() {
    return jwksOf(pair);
  }

  public static JsonNode jwksOf(String pair) {
    String jwk = SigningKeys.jwk(pair, "\"kid\":\"k1\"", "\"alg\":\"ES256\"");
    return JSON.readTree(SigningKeys.jwks(jwk));
  }

  /// A good token of a new person with a new sign-in.
  public TestToken token(String audience) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", "ES256");
    header.put("kid", "k1");
    header.put("typ", "JWT");
    String person = Unique.name("person");
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", iss);
    claims.put("aud", audience);
    claims.put("sub", person);
    claims.put("email", person + "@example.test");
    claims.put("email_verified", true);
    claims.put("azp", "agent");
    claims.put("sid", Unique.name("sid"));
    claims.put("auth_time", now);
    claims.put("iat", now);
    claims.put("exp", now + 600);
    claims.put("jti", Unique.name("jti"));
    return new TestToken(pair, header, claims);
  }
}
