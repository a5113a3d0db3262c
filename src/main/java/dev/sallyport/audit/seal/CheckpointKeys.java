package dev.sallyport.audit.seal;

import dev.sallyport.crypto.Secret;

/// Gives the key that checkpoints are signed with. The key ring implements it.
public interface CheckpointKeys {
  /// The key in use, as a private JWK.
  Secret current();
}
