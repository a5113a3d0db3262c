package dev.sallyport.audit;

import dev.sallyport.authz.AccessDenied;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.CredentialRefused;
import dev.sallyport.persistence.WriteBehind;
import dev.sallyport.problem.ProblemType;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/// Takes denials and failures off the caller's path. Floods of the same denial are folded; when
/// more come than the database takes, the rest is counted, and one row says how many were dropped.
@ApplicationScoped
public class DenialQueue {
  private static final int CAPACITY = 2_000;

  @Inject AuditLog log;
  @Inject Clock clock;

  private final Flood flood = new Flood();
  private WriteBehind<Flood.Denial> queue;

  @PostConstruct
  void start() {
    queue = new WriteBehind<>("audit", CAPACITY, this::write);
  }

  @PreDestroy
  void stop() {
    queue.close();
    record(flood.close());
  }

  /// Queues the entry; never blocks, never fails.
  public void offer(AuditEntry entry, CallContext context) {
    queue.offer(new Flood.Denial(entry, context));
  }

  void denied(@Observes AccessDenied event) {
    offer(
        AuditEntry.denied(AuditEventName.PERMISSION_DENIED, ProblemType.FORBIDDEN)
            .with("permission", event.permission().permissionName()),
        event.context());
  }

  void refused(@Observes CredentialRefused event) {
    offer(AuditEntry.denied(AuditEventName.CREDENTIAL_REFUSED, event.reason()), event.context());
  }

  /// Writes the sums of floods whose minute is over; for a timer.
  void settle() {
    record(flood.expire(clock.instant()));
  }

  private void write(List<Flood.Denial> batch) {
    record(flood.take(batch, clock.instant()));
    long dropped = queue.takeDropped();
    if (dropped > 0) {
      log.recordApart(
          AuditEntry.success(AuditEventName.AUDIT_DROPPED).with("count", dropped),
          CallContext.system());
    }
  }

  private void record(List<Flood.Denial> denials) {
    denials.forEach(next -> log.recordApart(next.entry(), next.context()));
  }
}
