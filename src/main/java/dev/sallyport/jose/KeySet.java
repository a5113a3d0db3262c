package dev.sallyport.jose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The usable keys of a JWK set (RFC 7517 section 5), and why the others are not.
public final class KeySet {
  private final List<VerificationKey> keys;
  private final Map<String, Integer> ignored;

  KeySet(List<VerificationKey> keys, Map<String, Integer> ignored) {
    this.keys = List.copyOf(keys);
    this.ignored = new TreeMap<>(ignored);
  }

  /// Reads the JSON of a key set that has at least one usable key.
  public static KeySet parse(String json) throws InvalidKeySetException {
    return KeySetReader.read(json);
  }

  /// The one key for a token. Without `kid`, only if exactly one key fits.
  public KeyChoice choose(@Nullable String kid, SigningAlgorithm algorithm) {
    List<VerificationKey> fitting = new ArrayList<>();
    for (VerificationKey key : keys) {
      if (key.fits(algorithm) && (kid == null || kid.equals(key.kid()))) {
        fitting.add(key);
      }
    }
    if (fitting.size() == 1) {
      return new KeyChoice.Found(fitting.getFirst());
    }
    return new KeyChoice.NotFound(
        fitting.isEmpty()
            ? "no key fits the kid and algorithm"
            : "no kid, and " + fitting.size() + " keys fit");
  }

  public boolean hasThumbprint(String thumbprint) {
    return keys.stream().anyMatch(key -> key.thumbprint().equals(thumbprint));
  }

  boolean lacksAnyOf(KeySet previous) {
    return !previous.keys.stream().allMatch(key -> hasThumbprint(key.thumbprint()));
  }

  public int size() {
    return keys.size();
  }

  /// The `kid` of each key, or its thumbprint where it has none.
  public List<String> keyIds() {
    return keys.stream().map(k -> k.kid() == null ? k.thumbprint() : k.kid()).toList();
  }

  /// The identities of the keys: two sets with the same ones trust the same signers.
  public Set<String> thumbprints() {
    return keys.stream().map(VerificationKey::thumbprint).collect(Collectors.toUnmodifiableSet());
  }

  /// How many keys were left out, by reason.
  public Map<String, Integer> ignored() {
    return Map.copyOf(ignored);
  }

  /// Two sets are equal when they hold the same keys, in any order.
  @Override
  public boolean equals(Object other) {
    return other instanceof KeySet that && Set.copyOf(keys).equals(Set.copyOf(that.keys));
  }

  @Override
  public int hashCode() {
    return Set.copyOf(keys).hashCode();
  }

  @Override
  public String toString() {
    return "keys " + keyIds() + ", ignored " + ignored;
  }
}
