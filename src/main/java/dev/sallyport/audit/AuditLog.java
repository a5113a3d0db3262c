package dev.sallyport.audit;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
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

  /// Writes the entry in the caller's transaction, in the name of the current actor.
  public void record(AuditEntry entry) {
    write(entry, CallContext.current());
  }

  /// Writes the entry in a transaction of its own; for what is refused and rolled back.
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void recordApart(AuditEntry entry, CallContext context) {
    write(entry, context);
  }

  private void write(AuditEntry entry, CallContext context) {
    AuditEntry.Resource resource = entry.resource();
    sql.update(
        INSERT,
        RandomTokens.id("aud_"),
        clock.instant(),
        entry.event().category().code(),
        entry.event().code(),
        context.actor().kind().code(),
        context.actor().id(),
        context.actor().name(),
        resource == null ? null : resource.kind(),
        resource == null ? null : resource.id(),
        resource == null ? null : resource.name(),
        entry.outcome().name().toLowerCase(Locale.ROOT),
        entry.reason(),
        context.address(),
        context.requestId(),
        Json.write(entry.details()),
        entry.appId());
  }
}
