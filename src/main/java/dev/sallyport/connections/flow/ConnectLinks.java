package dev.sallyport.connections.flow;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.connections.grants.Person;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The links that agents were given. The same need gets the same link as long as it is fresh, so
/// that an agent that asks again and again shows its person one address.
@Stateless
@NoPermissionNeeded("The gateway gives them out; whoever opens one must be its person.")
public class ConnectLinks {
  private static final String PREFIX = "cl-";
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final Duration FRESH = Duration.ofMinutes(15);
  private static final int MOST_OF_A_PERSON = 50;
  private static final int MOST = 20_000;

  @Inject Sql sql;
  @Inject Clock clock;

  /// The link for this need.
  public String offer(Caller caller, Set<String> scopes) {
    String wanted = String.join(" ", new TreeSet<>(scopes));
    return sql.first(
            """
            select id from connect_link where issuer = ? and subject = ? and app_id = ?
              and agent_client = ? and app_session = ? and scopes = ? and expires_at > ?
            order by created_at desc
            """,
            row -> row.text("id"),
            caller.person().issuer(),
            caller.person().subject(),
            caller.appId(),
            caller.agentClient(),
            caller.appSession(),
            wanted,
            clock.instant().plus(FRESH))
        .orElseGet(() -> add(caller, wanted));
  }

  private String add(Caller caller, String scopes) {
    String id = RandomTokens.id(PREFIX);
    Instant now = clock.instant();
    Person person = caller.person();
    sql.update(
        """
        insert into connect_link (id, app_id, issuer, subject, username, agent_client, app_session,
          scopes, created_at, expires_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        id,
        caller.appId(),
        person.issuer(),
        person.subject(),
        caller.username(),
        caller.agentClient(),
        caller.appSession(),
        scopes,
        now,
        now.plus(LIFETIME));
    sql.update(
        """
        delete from connect_link where id in (select id from connect_link
          where issuer = ? and subject = ? order by created_at desc offset ?)
        """,
        person.issuer(),
        person.subject(),
        MOST_OF_A_PERSON);
    sql.update(
        """
        delete from connect_link where id in
          (select id from connect_link order by created_at desc offset ?)
        """,
        MOST);
    return id;
  }

  /// The link of this id, if it is still good.
  public Optional<ConnectLink> find(String id) {
    return sql.first(
        "select * from connect_link where id = ? and expires_at > ?",
        ConnectLinks::read,
        id,
        clock.instant());
  }

  /// The link has led to its end.
  public void followed(String id) {
    sql.update("delete from connect_link where id = ?", id);
  }

  private static ConnectLink read(Row row) throws SQLException {
    Caller caller =
        new Caller(
            new Person(row.text("issuer"), row.text("subject")),
            row.text("username"),
            row.text("agent_client"),
            row.text("app_id"),
            row.text("app_session"));
    Set<String> scopes =
        Arrays.stream(row.text("scopes").split(" "))
            .filter(scope -> !scope.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    return new ConnectLink(row.text("id"), caller, scopes, row.instant("expires_at"));
  }

  @Schedule(hour = "*", minute = "*/5", second = "40", persistent = false)
  void sweep() {
    sql.update("delete from connect_link where expires_at < ?", clock.instant());
  }
}
