package dev.sallyport.jose;

import dev.sallyport.jose.JwkMaterial.UnusableKeyException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Sorts the keys of a JWK set into usable ones and ignored ones.
final class KeySetReader {
  private static final StrictJson JSON = new StrictJson(100_000, 1_000);
  private static final int MAX_KEYS = 500;
  private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private final List<VerificationKey> keys = new ArrayList<>();
  private final Map<String, Integer> ignored = new TreeMap<>();

  private KeySetReader() {}

  static KeySet read(String json) throws InvalidKeySetException {
    ObjectNode set = JSON.object(json);
    if (set == null) {
      throw new InvalidKeySetException("not a JSON object without duplicate members");
    }
    JsonNode array = set.get("keys");
    if (array == null || !array.isArray()) {
      throw new InvalidKeySetException("no array `keys`");
    }
    if (array.size() > MAX_KEYS) {
      throw new InvalidKeySetException("more than " + MAX_KEYS + " keys");
    }
    return new KeySetReader().sort(array);
  }

  private KeySet sort(JsonNode array) throws InvalidKeySetException {
    for (JsonNode jwk : array) {
      try {
        keys.add(key(jwk));
      } catch (UnusableKeyException e) {
        ignored.merge(e.reason(), 1, Integer::sum);
      }
    }
    dropDuplicateIds();
    if (keys.isEmpty()) {
      throw new InvalidKeySetException(
          array.isEmpty() ? "no keys" : "no usable key; ignored: " + ignored);
    }
    return new KeySet(keys, ignored);
  }

  private static VerificationKey key(JsonNode jwk) throws UnusableKeyException {
    if (!jwk.isObject()) {
      throw new UnusableKeyException("not an object");
    }
    refuseOtherUse(jwk);
    if (!"oct".equals(JwkMaterial.text(jwk, "kty")) && PRIVATE.stream().anyMatch(jwk::has)) {
      // Whoever reads the set could sign: such a key proves nothing.
      throw new UnusableKeyException("private key published");
    }
    JwkMaterial material = JwkMaterial.read(jwk);
    return new VerificationKey(JwkMaterial.text(jwk, "kid"), algorithm(jwk, material), material);
  }

  private static void refuseOtherUse(JsonNode jwk) throws UnusableKeyException {
    if (jwk.has("use") && !"sig".equals(JwkMaterial.text(jwk, "use"))) {
      throw new UnusableKeyException("use is not sig");
    }
    JsonNode operations = jwk.get("key_ops");
    if (operations != null) {
      for (JsonNode operation : operations) {
        if (operation.isString() && operation.stringValue().equals("verify")) {
          return;
        }
      }
      throw new UnusableKeyException("key_ops without verify");
    }
  }

  private static @Nullable SigningAlgorithm algorithm(JsonNode jwk, JwkMaterial material)
      throws UnusableKeyException {
    if (!jwk.has("alg")) {
      return null;
    }
    SigningAlgorithm algorithm = SigningAlgorithm.of(JwkMaterial.text(jwk, "alg"));
    if (algorithm == null || !algorithm.keyKind().equals(material.kind())) {
      throw new UnusableKeyException("alg does not fit the key");
    }
    return algorithm;
  }

  private void dropDuplicateIds() {
    Set<String> seen = new HashSet<>();
    Set<String> twice = new HashSet<>();
    for (VerificationKey key : keys) {
      if (key.kid() != null && !seen.add(key.kid())) {
        twice.add(key.kid());
      }
    }
    int before = keys.size();
    keys.removeIf(key -> key.kid() != null && twice.contains(key.kid()));
    if (keys.size() < before) {
      ignored.merge("duplicate kid", before - keys.size(), Integer::sum);
    }
  }
}
