package dev.sallyport.connections.flow;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.connections.grants.Person;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/// Those who are at an authorization server. Each is taken once: a second node, a second tab and a
/// thief find nothing.
@Stateless
@NoPermissionNeeded("Whoever calls has checked who the person is.")
public class ConnectStates {
  static final Duration LIFETIME = Duration.ofMinutes(10);
  static final String PREFIX = "cs-";
  private static final int MOST_OF_A_PERSON = 10;
  private static final int MOST = 10_000;
  private static final TypeReference<ConnectState> TYPE = new TypeReference<>() {};

  @Inject Sql sql;
  @Inject Vault vault;
  @Inject Clock clock;

  /// Keeps one; answers its id. Where there are too many, the oldest go.
  public String keep(ConnectState state) {
    String id = RandomTokens.id(PREFIX);
    Instant now = clock.instant();
    Person person = state.trip().target().person();
    sql.update(
        """
        insert into connect_state (id, content, issuer, subject, created_at, expires_at)
        values (?, ?, ?, ?, ?, ?)
        """,
        id,
        vault.encrypt(new Secret(Json.write(state)), place(id)),
        person.issuer(),
        person.subject(),
        now,
        now.plus(LIFETIME));
    sql.update(
        """
        delete from connect_state where id in (select id from connect_state
          where issuer = ? and subject = ? order by created_at desc offset ?)
        """,
        person.issuer(),
        person.subject(),
        MOST_OF_A_PERSON);
    sql.update(
        """
        delete from connect_state where id in
          (select id from connect_state order by created_at desc offset ?)
        """,
        MOST);
    return id;
  }

  /// Takes one away and gives it back; empty when it is unknown, taken or too old.
  public Optional<ConnectState> take(String id) {
    return sql.first(
            "delete from connect_state where id = ? returning content, expires_at",
            row ->
                row.instant("expires_at").isAfter(clock.instant())
                    ? Optional.of(row.text("content"))
                    : Optional.<String>empty(),
            id)
        .flatMap(content -> content)
        .map(content -> vault.decrypt(content, place(id)))
        .map(json -> Json.read(json.reveal(), TYPE));
  }

  /// Of these ids the ones that still wait, oldest first.
  public List<String> waiting(List<String> ids) {
    return sql.query(
        "select id from connect_state where id = any(?) and expires_at > ? order by created_at",
        row -> row.text("id"),
        ids.toArray(new String[0]),
        clock.instant());
  }

  @Schedule(hour = "*", minute = "*/5", second = "45", persistent = false)
  void sweep() {
    sql.update("delete from connect_state where expires_at < ?", clock.instant());
  }

  private static Vault.Place place(String id) {
    return new Vault.Place("connect_state", id, "content");
  }
}
