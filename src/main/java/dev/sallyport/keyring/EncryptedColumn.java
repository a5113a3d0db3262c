package dev.sallyport.keyring;

import dev.sallyport.crypto.Vault;

/// A column of ciphertexts that stay; whoever keeps one produces this, so that it follows the
/// master key.
///
/// @param row what names the row in the ciphertext's place, as an expression of SQL
public record EncryptedColumn(String table, String row, String column) {
  Vault.Place place(String id) {
    return new Vault.Place(table, id, column);
  }
}
