package dev.sallyport.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.persistence.Sql;
import dev.sallyport.persistence.TestTransactions;
import dev.sallyport.testing.RunningServer;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Secrets that follow the master key, in a table that only this transaction sees.
@ExtendWith(RunningServer.Extension.class)
class ReencryptionIT {
  private static final EncryptedColumn COLUMN =
      new EncryptedColumn("sealed_things", "owner || ' ' || use", "secret");
  private static final String OLD = key(1);
  private static final String NEW = key(2);
  private static final Vault BOTH = vault(NEW + "," + OLD);

  private static String key(int first) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) first;
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Vault vault(String keys) {
    return new Vault(new Secret(keys));
  }

  private static void inTable(RunningServer server, Consumer<Sql> work) {
    var transactions = new TestTransactions(server);
    Sql sql = transactions.sql();
    transactions.requiresNew(
        () -> {
          sql.update(
              "create temporary table sealed_things (owner text, use text, secret text)"
                  + " on commit drop");
          work.accept(sql);
          return true;
        });
  }

  private static void insert(Sql sql, String owner, @Nullable String ciphertext) {
    sql.update("insert into sealed_things values (?, 'tls', ?)", owner, ciphertext);
  }

  private static String sealed(Vault by, String owner) {
    return by.encrypt(new Secret("of " + owner), COLUMN.place(owner + " tls"));
  }

  private static @Nullable String stored(Sql sql, String owner) {
    return sql.query(
            "select secret from sealed_things where owner = ?",
            row -> row.textOrNull("secret"),
            owner)
        .getFirst();
  }

  private static Reencryption reencryption(Sql sql) {
    Reencryption reencryption = new Reencryption();
    reencryption.sql = sql;
    reencryption.vault = BOTH;
    return reencryption;
  }

  @Test
  void renewThenTheNewKeyAloneDecrypts(RunningServer server) {
    inTable(
        server,
        sql -> {
          insert(sql, "a", sealed(vault(OLD), "a"));
          insert(sql, "b", sealed(vault(OLD), "b"));
          assertThat(reencryption(sql).renew(COLUMN, ""))
              .isEqualTo(new Reencryption.Batch(2, null));
          assertThat(vault(NEW).decrypt(stored(sql, "b"), COLUMN.place("b tls")).reveal())
              .isEqualTo("of b");
          assertThat(reencryption(sql).renew(COLUMN, "").renewed()).isZero();
        });
  }

  @Test
  void renewWhenCurrentAbsentOrBrokenThenLeftAlone(RunningServer server) {
    inTable(
        server,
        sql -> {
          String current = sealed(vault(NEW), "current");
          insert(sql, "current", current);
          insert(sql, "absent", null);
          insert(sql, "broken", "rubbish");
          insert(sql, "moved", sealed(vault(OLD), "another"));
          assertThat(reencryption(sql).renew(COLUMN, "").renewed()).isZero();
          assertThat(stored(sql, "current")).isEqualTo(current);
          assertThat(stored(sql, "broken")).isEqualTo("rubbish");
        });
  }

  @Test
  void renewWhenThereAreManyThenInBatches(RunningServer server) {
    inTable(
        server,
        sql -> {
          for (int i = 100; i < 350; i++) {
            insert(sql, "o" + i, sealed(vault(OLD), "o" + i));
          }
          Reencryption.Batch first = reencryption(sql).renew(COLUMN, "");
          assertThat(first).isEqualTo(new Reencryption.Batch(200, "o299 tls"));
          assertThat(reencryption(sql).renew(COLUMN, String.valueOf(first.last())))
              .isEqualTo(new Reencryption.Batch(50, null));
        });
  }
}
