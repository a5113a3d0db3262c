package dev.sallyport.audit.seal;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Secret;
import dev.sallyport.jose.JwtSigner;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Signs what the audit states about itself, and remembers every public key that it signed with, so
/// that old statements can be checked when the key is long gone.
@Stateless
@NoPermissionNeeded("Timers and exports sign by it; they check who asked.")
public class Statements {
  @Inject Sql sql;
  @Inject Clock clock;
  @Inject Settings settings;
  @Inject CheckpointKeys keys;

  /// A statement in compact form and the id of the key that signed it.
  public record Signed(String jws, String kid) {}

  /// The public keys as a JWK set (RFC 7517 section 5).
  public record KeySetResponse(List<JsonNode> keys) {}

  /// The `iss` of all statements.
  public String issuer() {
    return settings.publicBase() + "/audit";
  }

  /// The id of the key that would sign now.
  public String currentKid() {
    return publicKey(new JwtSigner(List.of(keys.current()))).get("kid").asString();
  }

  /// Signs these claims. `kind` says what they state, so that none can pass for another.
  public Signed sign(String kind, Map<String, Object> statement) {
    Secret key = keys.current();
    JwtSigner signer = new JwtSigner(List.of(key));
    JsonNode jwk = publicKey(signer);
    String kid = jwk.get("kid").asString();
    sql.update(
        "insert into audit_key (kid, jwk, first_used_at) values (?, ?, ?) on conflict do nothing",
        kid,
        Json.write(jwk),
        clock.instant());
    Map<String, Object> claims = new LinkedHashMap<>(statement);
    claims.put("iss", issuer());
    claims.put("kind", kind);
    claims.put("iat", clock.instant().getEpochSecond());
    return new Signed(signer.sign(claims), kid);
  }

  private static JsonNode publicKey(JwtSigner signer) {
    return Json.MAPPER.readTree(signer.publicKeys()).get("keys").get(0);
  }

  /// Every key that ever signed.
  public KeySetResponse publicKeys() {
    return new KeySetResponse(
        sql.query(
            "select jwk from audit_key order by first_used_at",
            row -> Json.MAPPER.readTree(row.text("jwk"))));
  }
}
