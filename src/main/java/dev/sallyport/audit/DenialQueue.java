package dev.sallyport.audit;

import dev.sallyport.authz.AccessDenied;
import dev.sallyport.authz.CallContext;
import dev.sallyport.problem.ProblemType;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/// Takes denials and failures off the caller's path. When more come than the database takes, the
// rest
/// is counted, and one row says how many were dropped.
@ApplicationScoped
public class DenialQueue {
  private static final Logger LOG = Logger.getLogger(DenialQueue.class);
  private static final int CAPACITY = 2_000;

  private record Waiting(AuditEntry entry, CallContext context) {}

  @Inject AuditLog log;

  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private final Thread writer = new Thread(this::drain, "sallyport-audit");
  private volatile boolean stopping;

  @PostConstruct
  void start() {
    writer.setDaemon(true);
    writer.setContextClassLoader(DenialQueue.class.getClassLoader());
    writer.start();
  }

  @PreDestroy
  void stop() throws InterruptedException {
    stopping = true;
    writer.join(5_000);
  }

  /// Queues the entry; never blocks, never fails.
  public void offer(AuditEntry entry, CallContext context) {
    if (!queue.offer(new Waiting(entry, context))) {
      dropped.incrementAndGet();
    }
  }

  void denied(@Observes AccessDenied event) {
    offer(
        AuditEntry.denied(AuditEventName.PERMISSION_DENIED, ProblemType.FORBIDDEN)
            .with("permission", event.permission().permissionName()),
        event.context());
  }

  private void drain() {
    while (!stopping || !queue.isEmpty()) {
      try {
        Waiting next = queue.poll(200, TimeUnit.MILLISECONDS);
        if (next != null) {
          log.recordApart(next.entry(), next.context());
          recordDropped();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        dropped.incrementAndGet();
        LOG.warn("an audit row could not be written", e);
      }
    }
  }

  private void recordDropped() {
    long count = dropped.getAndSet(0);
    if (count > 0) {
      log.recordApart(
          AuditEntry.success(AuditEventName.AUDIT_DROPPED).with("count", count),
          CallContext.system());
    }
  }
}
