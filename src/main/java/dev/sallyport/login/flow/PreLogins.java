package dev.sallyport.login.flow;

import dev.sallyport.authz.NoPermissionNeeded;
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

/// The sign-ins on their way. Each is taken once: a second node, a second tab and a thief find
/// nothing.
@Stateless
@NoPermissionNeeded("Signing in comes before there is an actor.")
public class PreLogins {
  static final Duration LIFETIME = Duration.ofMinutes(10);
  static final String PREFIX = "pl-";
  private static final int MOST_OF_AN_ADDRESS = 50;
  private static final int MOST = 10_000;
  private static final TypeReference<PreLogin> TYPE = new TypeReference<>() {};

  @Inject Sql sql;
  @Inject Vault vault;
  @Inject Clock clock;

  /// Keeps a sign-in; answers its id. Where there are too many, the oldest go.
  public String keep(PreLogin login, String addressGroup) {
    String id = RandomTokens.id(PREFIX);
    Instant now = clock.instant();
    sql.update(
        """
        insert into pre_login (id, content, address_group, created_at, expires_at)
        values (?, ?, ?, ?, ?)
        """,
        id,
        vault.encrypt(new Secret(Json.write(login)), place(id)),
        addressGroup,
        now,
        now.plus(LIFETIME));
    sql.update(
        """
        delete from pre_login where id in (select id from pre_login where address_group = ?
          order by created_at desc offset ?)
        """,
        addressGroup,
        MOST_OF_AN_ADDRESS);
    sql.update(
        """
        delete from pre_login where id in
          (select id from pre_login order by created_at desc offset ?)
        """,
        MOST);
    return id;
  }

  /// Takes a sign-in away and gives it back; empty when it is unknown, taken or too old.
  public Optional<PreLogin> take(String id) {
    return sql.first(
            "delete from pre_login where id = ? returning content, expires_at",
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
        "select id from pre_login where id = any(?) and expires_at > ? order by created_at",
        row -> row.text("id"),
        ids.toArray(new String[0]),
        clock.instant());
  }

  @Schedule(hour = "*", minute = "*/5", second = "20", persistent = false)
  void sweep() {
    sql.update("delete from pre_login where expires_at < ?", clock.instant());
  }

  private static Vault.Place place(String id) {
    return new Vault.Place("pre_login", id, "content");
  }
}
