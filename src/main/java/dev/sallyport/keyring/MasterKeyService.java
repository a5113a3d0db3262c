package dev.sallyport.keyring;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/// Shows how far secrets have followed the master key, and hurries them on.
@Stateless
public class MasterKeyService {
  @Inject MasterKeyCensus census;
  @Inject ReencryptionTimer reencryption;

  /// The present one first, then the old ones, then those that are missing.
  @RequiresPermission(Permission.SYSTEM_READ)
  public List<MasterKeyDetails> list() {
    return census.take();
  }

  /// Begins to encrypt anew what old keys encrypted, beside this call.
  @RequiresPermission(Permission.AUTH_SIGNING_KEY_ROTATE)
  public List<MasterKeyDetails> reencrypt() {
    List<MasterKeyDetails> before = census.take();
    reencryption.now();
    return before;
  }
}
