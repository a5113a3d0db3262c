package dev.sallyport.connections.accounts;

import dev.sallyport.connections.grants.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which connections; absent members match all.
///
/// @param user the beginning of a user name, or all of it
/// @param issuer an authorization server
/// @param person whose; for one's own
/// @param appIds the apps that the reader's permission holds for; null for all
/// @param wholeUser whether it is all of the user name
public record ConnectionFilter(
    @Nullable String user,
    @Nullable String issuer,
    @Nullable String session,
    @Nullable String app,
    @Nullable ConnectionStatus status,
    @Nullable Person person,
    @Nullable Set<String> appIds,
    boolean wholeUser) {

  public ConnectionFilter(
      @Nullable String user,
      @Nullable String issuer,
      @Nullable String session,
      @Nullable String app,
      @Nullable ConnectionStatus status) {
    this(user, issuer, session, app, status, null, null, false);
  }

  public static ConnectionFilter all() {
    return new ConnectionFilter(null, null, null, null, null);
  }

  static ConnectionFilter of(Person person) {
    return new ConnectionFilter(null, null, null, null, null, person, null, false);
  }

  ConnectionFilter within(Set<String> ids) {
    return new ConnectionFilter(
        user, issuer, session, app, status, person, Set.copyOf(ids), wholeUser);
  }

  /// The same for this user and no other whose name begins like this: for those who end what they
  /// have not looked at.
  ConnectionFilter ofWholeUser() {
    return new ConnectionFilter(user, issuer, session, app, status, person, appIds, true);
  }

  /// Whether it narrows nothing but by the reader's reach.
  boolean isEmpty() {
    return user == null
        && issuer == null
        && session == null
        && app == null
        && status == null
        && person == null;
  }

  /// A condition in SQL with its arguments.
  record Condition(String sql, List<Object> arguments) {}

  /// For what is shown: one of the served apps is enough to be seen.
  Condition seen(Instant now) {
    Condition wanted = wanted(now);
    return appIds == null ? wanted : plus(wanted, SERVES_ONE);
  }

  /// For what is ended: every served app must lie within reach.
  Condition endable(Instant now) {
    Condition wanted = wanted(now);
    return appIds == null ? wanted : plus(plus(wanted, SERVES_ONE), SERVES_NO_OTHER);
  }

  private static final String SERVES_ONE =
      """
      exists (select 1 from connection_grant_app a where a.grant_id = g.id and a.app_id = any(?))\
      """;
  private static final String SERVES_NO_OTHER =
      """
      not exists (select 1 from connection_grant_app a
        where a.grant_id = g.id and a.app_id <> all(?))\
      """;

  private Condition plus(Condition condition, String part) {
    List<Object> arguments = new ArrayList<>(condition.arguments());
    arguments.add(appIds == null ? new String[0] : appIds.toArray(String[]::new));
    return new Condition(condition.sql() + " and " + part, arguments);
  }

  private Condition wanted(Instant now) {
    List<String> parts = new ArrayList<>(List.of("true"));
    List<Object> arguments = new ArrayList<>();
    equal(parts, arguments, "g.server", issuer);
    equal(parts, arguments, "g.session_id", session);
    if (wholeUser) {
      equal(parts, arguments, "g.username", user);
    } else if (user != null) {
      parts.add("g.username like ?");
      arguments.add(user.replaceAll("([\\\\%_])", "\\\\$1") + "%");
    }
    if (app != null) {
      parts.add(
          """
          exists (select 1 from connection_grant_app s join app p on p.id = s.app_id
            where s.grant_id = g.id and p.name = ?)\
          """);
      arguments.add(app);
    }
    if (person != null) {
      parts.add("g.issuer = ? and g.subject = ?");
      arguments.addAll(List.of(person.issuer(), person.subject()));
    }
    if (status != null) {
      parts.add("(" + ConnectionStatus.SQL + ") = ?");
      arguments.addAll(List.of(now, status.code()));
    }
    return new Condition(String.join(" and ", parts), arguments);
  }

  private static void equal(
      List<String> parts, List<Object> arguments, String column, @Nullable String value) {
    if (value != null) {
      parts.add(column + " = ?");
      arguments.add(value);
    }
  }
}
