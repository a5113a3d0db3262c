package dev.sallyport.keyring;

import dev.sallyport.crypto.Vault;
import dev.sallyport.persistence.Sql;

/// What follows a new master key, for tests of other packages.
public final class ReencryptionFixture {
  private ReencryptionFixture() {}

  /// Encrypts this row's secret anew, as the timer does.
  public static void renew(Sql sql, Vault vault, EncryptedColumn column, String id) {
    Reencryption reencryption = new Reencryption();
    reencryption.sql = sql;
    reencryption.vault = vault;
    // A batch begins behind a row: the last character less is before this one and next to it.
    reencryption.renew(column, id.substring(0, id.length() - 1));
  }
}
