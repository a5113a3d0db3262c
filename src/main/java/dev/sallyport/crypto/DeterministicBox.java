package dev.sallyport.crypto;

import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.daead.DeterministicAeadConfig;
import com.google.crypto.tink.daead.PredefinedDeterministicAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;

/// Seals small texts so that the same text in the same context always looks the same (AES-SIV,
/// RFC 5297). For handles that clients hold; not for secrets at rest.
public final class DeterministicBox {
  private final DeterministicAead aead;

  /// Opens a box with a key that [#newKey] made.
  public DeterministicBox(Secret key) {
    try {
      DeterministicAeadConfig.register();
      aead =
          TinkJsonProtoKeysetFormat.parseKeyset(key.reveal(), InsecureSecretKeyAccess.get())
              .getPrimitive(RegistryConfiguration.get(), DeterministicAead.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key of this server is broken", e);
    }
  }

  public static Secret newKey() {
    try {
      DeterministicAeadConfig.register();
      KeysetHandle key = KeysetHandle.generateNew(PredefinedDeterministicAeadParameters.AES256_SIV);
      return new Secret(
          TinkJsonProtoKeysetFormat.serializeKeyset(key, InsecureSecretKeyAccess.get()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key could be made", e);
    }
  }

  /// Seals the text to this context, as base64url.
  public String seal(String text, String context) {
    try {
      byte[] sealed = aead.encryptDeterministically(bytes(text), bytes(context));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a text can't be sealed", e);
    }
  }

  /// The text; empty when it was not sealed here, or to another context.
  public Optional<String> open(String sealed, String context) {
    try {
      byte[] text =
          aead.decryptDeterministically(Base64.getUrlDecoder().decode(sealed), bytes(context));
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
