package dev.sallyport.audit;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Sql;
import dev.sallyport.persistence.SqlStatement;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes audit rows. [#record] joins the caller's transaction, so that a change and its row commit
/// or vanish together.
@Stateless
@NoPermissionNeeded("Services write what they did; nobody calls this from outside.")
public class AuditLog {
  private static final String INSERT =
      """
      insert into audit_event (id, at, category, event, actor_kind, actor_id, actor_name,
        resource_kind, resource_id, resource_name, outcome, reason, address, request_id, details,
        app_id)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  @Inject Sql sql;
  @Inject Clock clock;
  @Inject Event<AuditRow> written;

  /// Writes the entry in the caller's transaction, in the name of the current actor.
  public void record(AuditEntry entry) {
    write(entry, CallContext.current());
  }

  /// Writes the entry in the caller's transaction, behind these statements and in one trip with
  /// them: for what happens too often to go twice.
  public void recordWith(List<SqlStatement> changes, AuditEntry entry) {
    AuditRow row = row(entry, CallContext.current());
    List<SqlStatement> all = new ArrayList<>(changes);
    all.add(insert(row));
    sql.together(all);
    written.fire(row);
  }

  /// Writes the entry in a transaction of its own; for what is refused and rolled back.
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void recordApart(AuditEntry entry, CallContext context) {
    write(entry, context);
  }

  private void write(AuditEntry entry, CallContext context) {
    AuditRow row = row(entry, context);
    sql.together(List.of(insert(row)));
    written.fire(row);
  }

  private static SqlStatement insert(AuditRow row) {
    AuditRow.What resource = row.resource();
    return SqlStatement.of(
        INSERT,
        row.id(),
        row.at(),
        row.category(),
        row.event(),
        row.actor().kind(),
        row.actor().id(),
        row.actor().name(),
        resource == null ? null : resource.kind(),
        resource == null ? null : resource.id(),
        resource == null ? null : resource.name(),
        row.outcome(),
        row.reason(),
        row.address(),
        row.requestId(),
        Json.write(row.details()),
        row.appId());
  }

  private AuditRow row(AuditEntry entry, CallContext context) {
    AuditEntry.Resource resource = entry.resource();
    Actor actor = context.actor();
    return new AuditRow(
        RandomTokens.id("aud_"),
        clock.instant(),
        entry.event().category().code(),
        entry.event().code(),
        new AuditRow.Who(actor.kind().code(), actor.id(), actor.name()),
        resource == null
            ? null
            : new AuditRow.What(resource.kind(), resource.id(), resource.name()),
        entry.outcome().name().toLowerCase(Locale.ROOT),
        entry.reason(),
        context.address(),
        context.requestId(),
        entry.appId(),
        entry.details());
  }
}
