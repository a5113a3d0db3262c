package dev.sallyport.keyring;

import dev.sallyport.crypto.Vault;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Counts the secrets of each master key, and remembers which key is missing.
@ApplicationScoped
public class MasterKeyCensus {
  // What a ciphertext begins with: Tink's version, and four bytes that name the key. What was wiped
  // is empty.
  private static final String COUNT =
      """
      select encode(substring(decode(left(%2$s, 8), 'base64') from 2 for 4), 'hex') as key,
        count(*) as secrets
      from %1$s where %2$s <> '' group by 1\
      """;

  @Inject Sql sql;
  @Inject Vault vault;
  @Inject @Any Instance<EncryptedColumn> columns;

  private volatile List<String> missing = List.of();

  /// The ids of keys that secrets need and that are not given, as of the last count.
  public List<String> missing() {
    return missing;
  }

  /// Counts now: the keys that are given, then the missing ones.
  List<MasterKeyDetails> take() {
    Map<String, Long> counts = new TreeMap<>();
    vault.keyIds().forEach(id -> counts.put(id, 0L));
    for (EncryptedColumn column : columns) {
      sql.query(
              COUNT.formatted(column.table(), column.column()),
              row -> Map.entry(row.text("key"), row.number("secrets")))
          .forEach(found -> counts.merge(found.getKey(), found.getValue(), Long::sum));
    }
    missing = counts.keySet().stream().filter(id -> !vault.keyIds().contains(id)).toList();
    return Stream.concat(vault.keyIds().stream(), missing.stream())
        .map(id -> new MasterKeyDetails(id, state(id), counts.getOrDefault(id, 0L)))
        .toList();
  }

  private String state(String id) {
    int place = vault.keyIds().indexOf(id);
    return place < 0 ? "missing" : place == 0 ? "present" : "old";
  }
}
