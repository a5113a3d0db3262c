/// Randomness, hashes and encryption at rest. The only package, with `jose`, that touches ciphers
/// and digests. Secrets travel in [dev.sallyport.crypto.Secret], whose printed form is redacted;
/// what the database holds of them is a hash or Tink ciphertext bound to its table, row and column.
@NullMarked
package dev.sallyport.crypto;

import org.jspecify.annotations.NullMarked;
