package dev.sallyport.apikeys;

import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// What lists show of keys, in the order of their names.
@ApplicationScoped
class ApiKeyList {
  private static final TypeReference<Map<String, List<String>>> SELECTOR = new TypeReference<>() {};
  private static final String SELECT =
      """
      select k.*, v.hint, a.role_id, a.scope,
        (select max(o.expires_at) from api_key_value o
          where o.key_id = k.id and o.expires_at > ?) as overlap_until,
        (select string_agg(distinct r.role_id, ',' order by r.role_id) from assignment r
          where r.actor_kind = k.kind and r.actor_id = k.id
            and (r.expires_at is null or r.expires_at > ?)) as roles
      from api_key k
      join api_key_value v on v.key_id = k.id and v.expires_at is null
      left join assignment a
        on a.actor_kind = k.kind and a.actor_id = k.id and a.source = 'key'
      """;

  @Inject Sql sql;
  @Inject Clock clock;

  Optional<ApiKeySummary> byId(String id) {
    Instant now = clock.instant();
    return sql.first(SELECT + " where k.id = ?", row -> summary(row, now), now, now, id);
  }

  Page<ApiKeySummary> page(ApiKeyFilter filter, @Nullable Cursor after, int limit) {
    String from = after == null ? "" : after.values().getFirst();
    List<ApiKeySummary> found = rows(filter, "k.name > ? order by k.name limit ?", from, limit + 1);
    return Page.of(found, limit, last -> Cursor.of(last.name()).encode(), count(filter));
  }

  List<ApiKeySummary> slice(ApiKeyFilter filter, int offset, int limit) {
    return rows(filter, "true order by k.name offset ? limit ?", offset, limit);
  }

  private List<ApiKeySummary> rows(ApiKeyFilter filter, String rest, Object... arguments) {
    Instant now = clock.instant();
    var all = new ArrayList<Object>(List.of(now, now, filter.pattern()));
    all.addAll(List.of(arguments));
    return sql.query(
        SELECT + " where k.name ilike ? and " + rest, row -> summary(row, now), all.toArray());
  }

  long count(ApiKeyFilter filter) {
    return sql.first(
            "select count(*) as n from api_key where name ilike ?",
            row -> row.number("n"),
            filter.pattern())
        .orElseThrow();
  }

  private static ApiKeySummary summary(Row row, Instant now) throws SQLException {
    String scope = row.textOrNull("scope");
    String roles = row.textOrNull("roles");
    Instant expiresAt = row.instantOrNull("expires_at");
    Instant overlap = row.instantOrNull("overlap_until");
    boolean isExpired = expiresAt != null && !expiresAt.isAfter(now);
    return new ApiKeySummary(
        row.text("id"),
        row.text("name"),
        row.text("hint"),
        row.text("kind"),
        row.textOrNull("role_id"),
        scope == null ? null : Json.read(scope, SELECTOR),
        roles == null ? List.of() : List.of(roles.split(",")),
        row.textOrNull("owner_id"),
        isExpired ? ApiKeySummary.EXPIRED : overlap == null ? "live" : "rotating",
        overlap,
        row.instant("created_at"),
        row.text("created_by"),
        expiresAt,
        row.instantOrNull("last_used_at"));
  }
}
