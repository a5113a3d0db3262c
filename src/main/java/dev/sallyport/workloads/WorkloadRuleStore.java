package dev.sallyport.workloads;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// The table of rules.
@ApplicationScoped
class WorkloadRuleStore {
  private static final Duration USE_STEP = Duration.ofMinutes(1);
  private static final TypeReference<List<Condition>> CONDITIONS = new TypeReference<>() {};
  private static final TypeReference<Map<String, List<String>>> SELECTOR = new TypeReference<>() {};
  private static final String SELECT =
      """
      select w.*, i.iss, a.role_id, a.scope
      from workload_rule w
      join issuer i on i.id = w.issuer_id
      left join assignment a
        on a.actor_kind = 'workload' and a.actor_id = w.id and a.source = 'key'
      """;

  @Inject Sql sql;
  @Inject Clock clock;

  List<WorkloadRuleDetails> all() {
    return sql.query(SELECT + " order by w.name", this::details);
  }

  Optional<WorkloadRuleDetails> byId(String id) {
    return sql.first(SELECT + " where w.id = ?", this::details, id);
  }

  List<WorkloadRuleDetails> liveOf(String iss) {
    return sql.query(SELECT + " where i.iss = ? order by w.name", this::details, iss).stream()
        .filter(rule -> rule.state().equals(WorkloadRuleDetails.LIVE))
        .toList();
  }

  private WorkloadRuleDetails details(Row row) throws SQLException {
    Instant expiresAt = row.instantOrNull("expires_at");
    boolean isEnabled = row.flag("enabled");
    boolean isExpired = expiresAt != null && !expiresAt.isAfter(clock.instant());
    String scope = row.textOrNull("scope");
    return new WorkloadRuleDetails(
        row.text("id"),
        row.text("name"),
        row.text("issuer_id"),
        row.text("iss"),
        row.text("audience"),
        Json.read(row.text("conditions"), CONDITIONS),
        row.textOrNull("role_id"),
        scope == null ? null : Json.read(scope, SELECTOR),
        isEnabled,
        expiresAt,
        isExpired ? "expired" : isEnabled ? WorkloadRuleDetails.LIVE : "disabled",
        row.instantOrNull("last_used_at"),
        row.instant("created_at"),
        row.text("created_by"),
        row.textOrNull("owner_id"),
        row.number("revision"));
  }

  boolean isTaken(String name, String ownId) {
    return exists("name = ? and id <> ?", name, ownId);
  }

  boolean hasAudience(String audience) {
    return exists("audience = ?", audience);
  }

  private boolean exists(String condition, String... arguments) {
    return sql.first(
            "select id from workload_rule where " + condition + " limit 1",
            row -> row.text("id"),
            (Object[]) arguments)
        .isPresent();
  }

  /// Who writes a rule, and the person behind.
  record Writer(String actorId, @Nullable String ownerId) {}

  Writer writer(Actor actor) {
    return new Writer(
        actor.id(), actor.kind() == ActorKind.USER ? actor.id() : ownerOfKey(actor.id()));
  }

  private @Nullable String ownerOfKey(String keyId) {
    return sql
        .query(
            "select owner_id from api_key where id = ? and owner_id is not null",
            row -> row.text("owner_id"),
            keyId)
        .stream()
        .findFirst()
        .orElse(null);
  }

  void insert(String id, CheckedRule rule, Writer by) {
    Instant now = clock.instant();
    sql.update(
        """
        insert into workload_rule (id, name, issuer_id, audience, conditions, enabled, expires_at,
          created_at, created_by, owner_id, updated_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        id,
        rule.name(),
        rule.issuerId(),
        rule.audience(),
        Json.write(rule.conditions()),
        rule.enabled(),
        rule.expiresAt(),
        now,
        by.actorId(),
        by.ownerId(),
        now);
  }

  /// Answers whether the rule still had this revision.
  boolean update(WorkloadRuleDetails before, CheckedRule rule, Writer by) {
    return sql.update(
            """
            update workload_rule set name = ?, issuer_id = ?, audience = ?, conditions = ?,
              enabled = ?, expires_at = ?, updated_at = ?, owner_id = ?, revision = revision + 1
            where id = ? and revision = ?
            """,
            rule.name(),
            rule.issuerId(),
            rule.audience(),
            Json.write(rule.conditions()),
            rule.enabled(),
            rule.expiresAt(),
            clock.instant(),
            by.ownerId(),
            before.id(),
            before.revision())
        > 0;
  }

  /// Switches off what a person answers for; answers the names by id.
  Map<String, String> disableOf(String userId) {
    Map<String, String> disabled = new LinkedHashMap<>();
    sql.query(
            """
            update workload_rule set enabled = false, revision = revision + 1
            where enabled and owner_id = ?
            returning id, name
            """,
            row -> Map.entry(row.text("id"), row.text("name")),
            userId)
        .forEach(rule -> disabled.put(rule.getKey(), rule.getValue()));
    return disabled;
  }

  void delete(String id) {
    sql.update("delete from workload_rule where id = ?", id);
  }

  /// Remembers a use; to the minute, so that busy workloads make no load.
  void used(String id) {
    Instant now = clock.instant();
    sql.update(
        """
        update workload_rule set last_used_at = ?
        where id = ? and (last_used_at is null or last_used_at < ?)
        """,
        now,
        id,
        now.minus(USE_STEP));
  }
}
