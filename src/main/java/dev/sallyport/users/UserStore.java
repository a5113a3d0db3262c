package dev.sallyport.users;

import dev.sallyport.authz.ActorKind;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Condition;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Slice;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/// The table of users. Every method runs in the caller's transaction.
@ApplicationScoped
class UserStore {
  private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};
  private static final String SUMMARIES =
      """
      select u.*, p.name as provider_name, coalesce((select json_agg(distinct a.role_id order by a.role_id)
          from assignment a
          where a.actor_kind = ? and a.actor_id = u.id
            and (a.expires_at is null or a.expires_at > ?)), '[]')::text as roles
      from app_user u left join oidc_provider p on p.id = u.provider_id where \
      """;

  @Inject Sql sql;
  @Inject Clock clock;

  /// Stores what a sign-in says, unless the person is deactivated: then nothing, and no answer.
  Optional<UserDetails> signedIn(PersonSignIn person) {
    Instant now = clock.instant();
    return sql.first(
        """
        insert into app_user (id, issuer, subject, provider_id, email, display_name, groups,
          created_at, last_sign_in_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (issuer, subject) do update set provider_id = excluded.provider_id,
          email = excluded.email, display_name = excluded.display_name, groups = excluded.groups,
          last_sign_in_at = excluded.last_sign_in_at
        where app_user.deactivated_at is null
        returning *
        """,
        UserStore::details,
        RandomTokens.id("usr_"),
        person.issuer(),
        person.subject(),
        person.providerId(),
        person.email(),
        person.displayName(),
        Json.write(person.groups()),
        now,
        now);
  }

  Optional<UserDetails> byPerson(String issuer, String subject) {
    return sql.first(
        "select * from app_user where issuer = ? and subject = ?",
        UserStore::details,
        issuer,
        subject);
  }

  Optional<UserDetails> byId(String id) {
    return sql.first("select * from app_user where id = ?", UserStore::details, id);
  }

  /// The same; whoever changes the user waits for others who do.
  Optional<UserDetails> lock(String id) {
    return sql.first("select * from app_user where id = ? for update", UserStore::details, id);
  }

  List<UserDetails> activeAt(String providerId) {
    return sql.query(
        "select * from app_user where provider_id = ? and deactivated_at is null order by id",
        UserStore::details,
        providerId);
  }

  void deactivate(String id, String by) {
    sql.update(
        "update app_user set deactivated_at = ?, deactivated_by = ? where id = ?",
        clock.instant(),
        by,
        id);
  }

  void reactivate(String id) {
    sql.update("update app_user set deactivated_at = null, deactivated_by = null where id = ?", id);
  }

  Optional<UserSummary> summary(String id) {
    return sql.first(
        SUMMARIES + "u.id = ?", UserStore::summary, ActorKind.USER.code(), clock.instant(), id);
  }

  /// One page, by name.
  Page<UserSummary> page(UserFilter filter, Optional<Cursor> after, int limit) {
    Condition where = filter.condition();
    if (after.isPresent()) {
      where = where.and("(lower(u.display_name), u.id) > (?, ?)", after.get().values().toArray());
    }
    List<UserSummary> found = inOrder(where, "limit ?", limit + 1);
    return Page.of(found, limit, last -> next(last.id()), count(filter));
  }

  // The database's own idea of lower case, or the next page would begin elsewhere.
  private String next(String id) {
    return sql.first(
            "select lower(display_name) as name from app_user where id = ?",
            row -> Cursor.of(row.text("name"), id).encode(),
            id)
        .orElseThrow();
  }

  List<UserSummary> slice(UserFilter filter, Slice slice) {
    return inOrder(filter.condition(), "limit ? offset ?", slice.limit(), slice.offset());
  }

  private List<UserSummary> inOrder(Condition where, String rest, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(ActorKind.USER.code(), clock.instant()));
    all.addAll(Arrays.asList(where.argumentsAnd(arguments)));
    return sql.query(
        SUMMARIES + where.sql() + " order by lower(u.display_name), u.id " + rest,
        UserStore::summary,
        all.toArray());
  }

  long count(UserFilter filter) {
    Condition where = filter.condition();
    return sql.first(
            "select count(*) as n from app_user u where " + where.sql(),
            row -> row.number("n"),
            where.arguments().toArray())
        .orElse(0L);
  }

  /// The providers that people have signed in with; one that is gone goes by its id.
  List<UserProvider> providers() {
    return sql.query(
        """
        select distinct u.provider_id as id, coalesce(p.name, u.provider_id) as name
        from app_user u left join oidc_provider p on p.id = u.provider_id order by name
        """,
        row -> new UserProvider(row.text("id"), row.text("name")));
  }

  private static UserDetails details(Row row) throws SQLException {
    return new UserDetails(
        row.text("id"),
        row.text("issuer"),
        row.text("subject"),
        row.text("provider_id"),
        row.textOrNull("email"),
        row.text("display_name"),
        Json.read(row.text("groups"), STRINGS),
        row.instant("created_at"),
        row.instantOrNull("last_sign_in_at"),
        row.instantOrNull("deactivated_at"));
  }

  private static UserSummary summary(Row row) throws SQLException {
    return new UserSummary(
        row.text("id"),
        row.text("issuer"),
        row.text("subject"),
        row.text("provider_id"),
        row.textOrNull("provider_name"),
        row.textOrNull("email"),
        row.text("display_name"),
        Json.read(row.text("groups"), STRINGS),
        Json.read(row.text("roles"), STRINGS),
        row.instant("created_at"),
        row.instantOrNull("last_sign_in_at"),
        row.instantOrNull("deactivated_at"),
        row.textOrNull("deactivated_by"));
  }
}
