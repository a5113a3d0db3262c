package dev.sallyport.jose;

import dev.sallyport.fuzz.Holds;
import java.nio.charset.StandardCharsets;

/// Whatever an identity provider publishes is a set of usable keys, or refused with a sentence.
public final class KeySetFuzz {
  private KeySetFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    read(text);
    read("{\"keys\":[" + text + "]}");
  }

  private static void read(String json) {
    try {
      KeySet set = KeySet.parse(json);
      Holds.that(set.size() > 0, "some key");
      for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
        for (String id : set.keyIds()) {
          Holds.that(
              !(set.choose(id, algorithm) instanceof KeyChoice.Found found)
                  || found.key().fits(algorithm),
              "a key that fits");
        }
      }
    } catch (InvalidKeySetException refusal) {
      Holds.that(!String.valueOf(refusal.getMessage()).isEmpty(), "a sentence");
    }
  }
}
