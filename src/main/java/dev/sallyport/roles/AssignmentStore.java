package dev.sallyport.roles;

import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Scope;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Condition;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table of assignments. Every method runs in the caller's transaction; reading finds only what
/// is live.
@ApplicationScoped
class AssignmentStore {
  static final String MANUAL = "manual";
  static final String BOOTSTRAP = "bootstrap";
  static final String KEY = "key";
  static final String PROVIDER = "provider:";

  private static final String FROM = " from assignment a join role r on r.id = a.role_id where ";

  @Inject Sql sql;
  @Inject Clock clock;

  /// One to be written.
  record New(
      ActorKind kind,
      String actorId,
      String roleId,
      Scope scope,
      String source,
      @Nullable Instant expiresAt) {}

  /// Writes it and answers its id; empty when the actor has just this already.
  Optional<String> insert(New assignment) {
    return sql.first(
        """
        insert into assignment (id, actor_kind, actor_id, role_id, scope, source, expires_at,
          created_at, created_by)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing returning id
        """,
        row -> row.text("id"),
        RandomTokens.id("asg_"),
        assignment.kind().code(),
        assignment.actorId(),
        assignment.roleId(),
        Selectors.write(assignment.scope()),
        assignment.source(),
        assignment.expiresAt(),
        clock.instant(),
        CallContext.current().actor().id());
  }

  List<AssignmentDetails> of(ActorKind kind, String actorId) {
    return find(
        Condition.of("a.actor_kind = ? and a.actor_id = ?", kind.code(), actorId),
        " order by r.name, a.id");
  }

  Optional<AssignmentDetails> byId(String id) {
    return find(Condition.of("a.id = ?", id), "").stream().findFirst();
  }

  /// What meets the condition; `rest` says in which order, and which part of it.
  List<AssignmentDetails> find(Condition wanted, String rest, Object... arguments) {
    Condition live = live().and(wanted);
    return sql.query(
        "select a.*, r.name as role_name" + FROM + live.sql() + rest,
        AssignmentStore::read,
        live.argumentsAnd(arguments));
  }

  long count(Condition wanted) {
    Condition live = live().and(wanted);
    return sql.first(
            "select count(*) as n" + FROM + live.sql(),
            row -> row.number("n"),
            live.arguments().toArray())
        .orElse(0L);
  }

  private Condition live() {
    return Condition.of("(a.expires_at is null or a.expires_at > ?)", clock.instant());
  }

  private static AssignmentDetails read(Row row) throws SQLException {
    return new AssignmentDetails(
        row.text("id"),
        row.text("actor_kind"),
        row.text("actor_id"),
        null,
        row.text("role_id"),
        row.text("role_name"),
        Selectors.single(Selectors.read(row.textOrNull("scope"))),
        row.text("source"),
        row.instantOrNull("expires_at"),
        row.instant("created_at"),
        row.text("created_by"));
  }

  /// Answers whether it was there.
  boolean delete(String id) {
    return sql.update("delete from assignment where id = ?", id) > 0;
  }

  void deleteOf(ActorKind kind, String actorId) {
    sql.update(
        "delete from assignment where actor_kind = ? and actor_id = ?", kind.code(), actorId);
  }

  void deleteOfSource(ActorKind kind, String actorId, String source) {
    sql.update(
        "delete from assignment where actor_kind = ? and actor_id = ? and source = ?",
        kind.code(),
        actorId,
        source);
  }

  void deleteSource(String source) {
    sql.update("delete from assignment where source = ?", source);
  }

  /// Takes away what has run out, and answers it.
  List<AssignmentDetails> takeExpired() {
    return sql.query(
        """
        delete from assignment a using role r where r.id = a.role_id and a.expires_at <= ?
        returning a.*, r.name as role_name
        """,
        AssignmentStore::read,
        clock.instant());
  }
}
