package dev.sallyport.audit;

import dev.sallyport.authz.AccessDenied;
import dev.sallyport.authz.CallContext;
import dev.sallyport.persistence.WriteBehind;
import dev.sallyport.problem.ProblemType;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;

/// Takes denials and failures off the caller's path. When more come than the database takes, the
/// rest is counted, and one row says how many were dropped.
@ApplicationScoped
public class DenialQueue {
  private static final int CAPACITY = 2_000;

  private record Waiting(AuditEntry entry, CallContext context) {}

  @Inject AuditLog log;

  private WriteBehind<Waiting> queue;

  @PostConstruct
  void start() {
    queue = new WriteBehind<>("audit", CAPACITY, this::write);
  }

  @PreDestroy
  void stop() {
    queue.close();
  }

  /// Queues the entry; never blocks, never fails.
  public void offer(AuditEntry entry, CallContext context) {
    queue.offer(new Waiting(entry, context));
  }

  void denied(@Observes AccessDenied event) {
    offer(
        AuditEntry.denied(AuditEventName.PERMISSION_DENIED, ProblemType.FORBIDDEN)
            .with("permission", event.permission().permissionName()),
        event.context());
  }

  private void write(List<Waiting> batch) {
    batch.forEach(next -> log.recordApart(next.entry(), next.context()));
    long dropped = queue.takeDropped();
    if (dropped > 0) {
      log.recordApart(
          AuditEntry.success(AuditEventName.AUDIT_DROPPED).with("count", dropped),
          CallContext.system());
    }
  }
}
