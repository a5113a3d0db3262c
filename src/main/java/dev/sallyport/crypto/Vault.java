package dev.sallyport.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Encrypts secrets at rest with Tink AES-256-GCM. The associated data is table, row and column, so
/// that no ciphertext can be moved to another place. Several master keys may be given: the first
/// encrypts, each decrypts.
public final class Vault {
  private final Aead aead;
  private final int primary;
  private final List<String> keyIds;

  public Vault(Secret masterKeys) {
    try {
      AeadConfig.register();
      var builder = KeysetHandle.newBuilder();
      List<String> keys = Arrays.stream(masterKeys.reveal().split(",")).map(String::strip).toList();
      var ids = new HashSet<@Nullable Integer>();
      for (int i = 0; i < keys.size(); i++) {
        AesGcmKey key = key(keys.get(i));
        if (!ids.add(key.getIdRequirementOrNull())) {
          throw new IllegalStateException(
              "SALLYPORT_MASTER_KEY: key " + (i + 1) + " is the same as one before it");
        }
        var entry = KeysetHandle.importKey(key);
        builder.addEntry(i == 0 ? entry.makePrimary() : entry);
      }
      KeysetHandle handle = builder.build();
      primary = handle.getPrimary().getId();
      keyIds =
          IntStream.range(0, handle.size()).mapToObj(i -> id(handle.getAt(i).getId())).toList();
      aead = handle.getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the master key can't be used", e);
    }
  }

  // Tink's own word for: this code may hold raw key bytes.
  @AccessesPartialKey
  private static AesGcmKey key(String base64) throws GeneralSecurityException {
    byte[] bytes = decode(base64);
    AesGcmParameters parameters =
        AesGcmParameters.builder()
            .setKeySizeBytes(32)
            .setIvSizeBytes(12)
            .setTagSizeBytes(16)
            .setVariant(AesGcmParameters.Variant.TINK)
            .build();
    int id = ByteBuffer.wrap(TokenHash.sha256().digest(bytes)).getInt();
    return AesGcmKey.builder()
        .setParameters(parameters)
        .setIdRequirement(id)
        .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
        .build();
  }

  private static byte[] decode(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      if (bytes.length == 32) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // the one sentence below says what a key looks like
    }
    throw new IllegalStateException(
        "SALLYPORT_MASTER_KEY: each key is 32 bytes in base64, as `openssl rand -base64 32` gives");
  }

  /// Where a ciphertext lives.
  public record Place(String table, String row, String column) {
    byte[] associatedData() {
      return (table + "\0" + row + "\0" + column).getBytes(StandardCharsets.UTF_8);
    }
  }

  public String encrypt(Secret secret, Place place) {
    try {
      byte[] plain = secret.reveal().getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(aead.encrypt(plain, place.associatedData()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("can't encrypt " + place, e);
    }
  }

  /// Whether there are keys that only decrypt.
  public boolean hasOldKeys() {
    return keyIds.size() > 1;
  }

  /// The ids of the keys, the encrypting one first; they follow from the keys, and tell nothing.
  public List<String> keyIds() {
    return keyIds;
  }

  private static String id(int key) {
    return HexFormat.of().toHexDigits(key);
  }

  /// What every ciphertext of the encrypting key begins with, and of old keys none: 36 bits of
  /// Tink's prefix, which names the key.
  public String currentPrefix() {
    byte[] prefix = ByteBuffer.allocate(6).put((byte) 1).putInt(primary).array();
    return Base64.getEncoder().encodeToString(prefix).substring(0, 6);
  }

  public Secret decrypt(String ciphertext, Place place) {
    String id = keyId(ciphertext);
    if (!keyIds.contains(id)) {
      throw new IllegalStateException(
          "can't decrypt " + place + ": SALLYPORT_MASTER_KEY lacks the key " + id);
    }
    try {
      byte[] plain = aead.decrypt(Base64.getDecoder().decode(ciphertext), place.associatedData());
      return new Secret(new String(plain, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException("can't decrypt " + place + ": it was changed or moved", e);
    }
  }

  /// The id of the key that a text was encrypted with, as Tink writes it before the text.
  private static String keyId(String ciphertext) {
    try {
      return HexFormat.of().formatHex(Base64.getDecoder().decode(ciphertext), 1, 5);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return "of a text that is none of its own";
    }
  }
}
