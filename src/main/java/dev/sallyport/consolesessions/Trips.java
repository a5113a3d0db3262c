package dev.sallyport.consolesessions;

import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Sql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;

/// Those who are on their way to another server and back. Each is taken once: a second node, a
/// second tab and a thief find nothing. Used within the transactions of whoever keeps them.
public final class Trips {
  /// How long one may take.
  public static final Duration LIFETIME = Duration.ofMinutes(10);

  private static final int MOST = 10_000;

  /// Where they are kept.
  ///
  /// @param prefix of their ids
  /// @param owner the columns that say whose a row is
  /// @param mostOfOne how many of one owner are kept; of more the oldest go
  public record Table(String name, String prefix, List<String> owner, int mostOfOne) {}

  private final Table table;
  private final Sql sql;
  private final Vault vault;
  private final Clock clock;

  public Trips(Table table, Sql sql, Vault vault, Clock clock) {
    this.table = table;
    this.sql = sql;
    this.vault = vault;
    this.clock = clock;
  }

  /// Keeps one, encrypted; answers its id.
  ///
  /// @param owner the values of the table's owner columns
  public String keep(Object content, List<String> owner) {
    String id = RandomTokens.id(table.prefix());
    Instant now = clock.instant();
    List<Object> row = new ArrayList<>();
    row.add(id);
    row.add(vault.encrypt(new Secret(Json.write(content)), place(id)));
    row.add(now);
    row.add(now.plus(LIFETIME));
    row.addAll(owner);
    sql.update(
        "insert into %s (id, content, created_at, expires_at, %s) values (%s)"
            .formatted(
                table.name(),
                String.join(", ", table.owner()),
                row.stream().map(value -> "?").collect(Collectors.joining(", "))),
        row.toArray());
    dropOldest(owner);
    return id;
  }

  private void dropOldest(List<String> owner) {
    String isTheirs =
        table.owner().stream().map(name -> name + " = ?").collect(Collectors.joining(" and "));
    String drop =
        "delete from %1$s where id in (select id from %1$s %2$s order by created_at desc offset %3$d)";
    sql.update(
        drop.formatted(table.name(), "where " + isTheirs, table.mostOfOne()), owner.toArray());
    sql.update(drop.formatted(table.name(), "", MOST));
  }

  /// Takes one away and gives it back; empty when it is unknown, taken or too old.
  public <T> Optional<T> take(String id, TypeReference<T> type) {
    return sql.first(
            "delete from %s where id = ? returning content, expires_at".formatted(table.name()),
            row ->
                row.instant("expires_at").isAfter(clock.instant())
                    ? Optional.of(row.text("content"))
                    : Optional.<String>empty(),
            id)
        .flatMap(content -> content)
        .map(content -> vault.decrypt(content, place(id)))
        .map(json -> Json.read(json.reveal(), type));
  }

  /// Of these ids the ones that still wait, oldest first.
  public List<String> waiting(List<String> ids) {
    return sql.query(
        "select id from %s where id = any(?) and expires_at > ? order by created_at"
            .formatted(table.name()),
        row -> row.text("id"),
        ids.toArray(new String[0]),
        clock.instant());
  }

  /// Forgets those that are too old.
  public void sweep() {
    sql.update("delete from %s where expires_at < ?".formatted(table.name()), clock.instant());
  }

  private Vault.Place place(String id) {
    return new Vault.Place(table.name(), id, "content");
  }
}
