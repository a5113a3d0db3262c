package dev.sallyport.consolesessions;

import dev.sallyport.crypto.MacKey;
import dev.sallyport.crypto.Secret;
import dev.sallyport.keyring.KeyPurpose;
import dev.sallyport.keyring.RingKey;
import dev.sallyport.keyring.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// The values of cookies: `v1.<id>.<key id>.<MAC>`. They hold no secret; the signature says that
/// the id was given out here. What an id is for stands in its prefix, and every gate takes one
/// prefix alone.
@ApplicationScoped
public class SignedValues {
  private static final String VERSION = "v1";
  private static final Pattern ID = Pattern.compile("[a-z]{2,3}-[A-Za-z0-9_-]{16,64}");
  private static final int MAX_LENGTH = 512;

  @Inject SigningKeys keys;
  @Inject Clock clock;

  public Secret sign(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("an id has a prefix and 16 to 64 letters of base64url");
    }
    RingKey key = keys.ring(KeyPurpose.CONSOLE_COOKIES).signing(clock.instant());
    byte[] mac = new MacKey(key.material()).sign(id, key.id());
    return new Secret(String.join(".", VERSION, id, key.id(), encoded(mac)));
  }

  /// The id in a value that was signed here; empty for everything else. A key that another node
  /// has just made is looked up, so it may wait.
  ///
  /// @param prefix what the gate takes, such as `ses-`
  public Optional<String> verify(String prefix, Secret value) {
    return parsed(prefix, value)
        .filter(
            signed ->
                keys.verifying(KeyPurpose.CONSOLE_COOKIES, signed.keyId())
                    .map(signed::isBy)
                    .orElse(false))
        .map(Signed::id);
  }

  /// What a value is worth as far as this node knows; never waits.
  ///
  /// @param prefix what the gate takes, such as `ses-`
  public Standing standing(String prefix, Secret value) {
    Signed signed = parsed(prefix, value).orElse(null);
    if (signed == null) {
      return Standing.MADE_UP;
    }
    return keys.known(KeyPurpose.CONSOLE_COOKIES, signed.keyId())
        .map(key -> signed.isBy(key) ? Standing.OURS : Standing.MADE_UP)
        .orElse(Standing.KEY_UNKNOWN);
  }

  /// What a value is worth.
  public enum Standing {
    /// It was given out here; whether it still counts is another question.
    OURS,
    /// Nobody of ours gave it out.
    MADE_UP,
    /// It names a key that this node has not heard of.
    KEY_UNKNOWN
  }

  private record Signed(String id, String keyId, byte[] mac) {
    boolean isBy(RingKey key) {
      return new MacKey(key.material()).verifies(mac, id, keyId);
    }
  }

  private static Optional<Signed> parsed(String prefix, Secret value) {
    String[] parts = value.reveal().split("\\.", -1);
    if (value.reveal().length() > MAX_LENGTH || parts.length != 4 || !parts[0].equals(VERSION)) {
      return Optional.empty();
    }
    String id = parts[1];
    return id.startsWith(prefix) && ID.matcher(id).matches()
        ? decoded(parts[3]).map(mac -> new Signed(id, parts[2], mac))
        : Optional.empty();
  }

  /// The bytes of a MAC in its one canonical form.
  private static Optional<byte[]> decoded(String text) {
    try {
      byte[] mac = Base64.getUrlDecoder().decode(text);
      return Optional.of(mac).filter(m -> m.length == MacKey.LENGTH && encoded(m).equals(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String encoded(byte[] mac) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }
}
