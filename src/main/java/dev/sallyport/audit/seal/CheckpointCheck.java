package dev.sallyport.audit.seal;

import dev.sallyport.jose.InvalidKeySetException;
import dev.sallyport.jose.KeyChoice;
import dev.sallyport.jose.KeySet;
import dev.sallyport.jose.ParsedToken;
import dev.sallyport.jose.SigningAlgorithm;
import dev.sallyport.jose.TokenSyntax;
import dev.sallyport.persistence.Json;
import tools.jackson.databind.JsonNode;

/// Says whether a checkpoint's signature is one of ours and states what the row says.
final class CheckpointCheck {
  private final KeySet keys;
  private final String issuer;

  CheckpointCheck(Statements.KeySetResponse keys, String issuer) throws InvalidKeySetException {
    this.keys = KeySet.parse(Json.write(keys));
    this.issuer = issuer;
  }

  boolean holds(Checkpoint checkpoint) {
    return TokenSyntax.read(checkpoint.jws()) instanceof TokenSyntax.Parsed(ParsedToken token)
        && isSigned(token)
        && states(checkpoint, Json.MAPPER.readTree(token.claims().json()));
  }

  private boolean isSigned(ParsedToken token) {
    return keys.choose(token.header().kid(), SigningAlgorithm.ES256)
            instanceof KeyChoice.Found(var key)
        && key.verifies(SigningAlgorithm.ES256, token);
  }

  private boolean states(Checkpoint checkpoint, JsonNode claims) {
    return claims.path("iss").asString("").equals(issuer)
        && claims.path("kind").asString("").equals(Checkpoints.KIND)
        && claims.path("position").asLong(-1) == checkpoint.position()
        && claims.path("hash").asString("").equals(checkpoint.hash());
  }
}
