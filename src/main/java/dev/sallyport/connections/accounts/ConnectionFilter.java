package dev.sallyport.connections.accounts;

import dev.sallyport.connections.grants.Person;
import dev.sallyport.persistence.Condition;
import java.time.Instant;
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

  private static final String SERVES_ONE =
      """
      exists (select 1 from connection_grant_app a where a.grant_id = g.id and a.app_id = any(?))\
      """;
  private static final String SERVES_NO_OTHER =
      """
      not exists (select 1 from connection_grant_app a
        where a.grant_id = g.id and a.app_id <> all(?))\
      """;
  private static final String SERVES =
      """
      exists (select 1 from connection_grant_app s join app p on p.id = s.app_id
        where s.grant_id = g.id and p.name = ?)\
      """;

  /// For what is shown: one of the served apps is enough to be seen.
  Condition seen(Instant now) {
    Condition wanted = wanted(now);
    return appIds == null ? wanted : wanted.and(SERVES_ONE, reach(appIds));
  }

  /// For what is ended: every served app must lie within reach.
  Condition endable(Instant now) {
    Condition seen = seen(now);
    return appIds == null ? seen : seen.and(SERVES_NO_OTHER, reach(appIds));
  }

  private static Object reach(Set<String> appIds) {
    return appIds.toArray(String[]::new);
  }

  private Condition wanted(Instant now) {
    Condition wanted = Condition.ANY.andIs("g.server", issuer).andIs("g.session_id", session);
    wanted = wholeUser ? wanted.andIs("g.username", user) : wanted.andBegins("g.username", user);
    if (app != null) {
      wanted = wanted.and(SERVES, app);
    }
    if (person != null) {
      wanted = wanted.and("g.issuer = ? and g.subject = ?", person.issuer(), person.subject());
    }
    return status == null
        ? wanted
        : wanted.and("(" + ConnectionStatus.SQL + ") = ?", now, status.code());
  }
}
