package dev.sallyport.appsessions;

import dev.sallyport.cluster.ChangeFeed;
import dev.sallyport.cluster.DatabaseReady;
import dev.sallyport.cluster.Lease;
import dev.sallyport.cluster.SleepWatch;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.locks.LockSupport;

/// Cuts what runs once the lease is over: nobody knows who was signed out meanwhile, and clients
/// come back when somebody does. On a thread of its own, as the timers' may all wait for the same
/// database that has left this node without its lease.
@ApplicationScoped
public class LeaseEnd {
  private static final long STEP_NANOS = 500_000_000;

  @Inject ChangeFeed feed;
  @Inject Clock clock;
  @Inject SessionCache sessions;

  private final Thread thread = new Thread(this::watch, "sallyport-lease");
  private volatile boolean stopping;

  void start(@Observes @Priority(DatabaseReady.CACHES) DatabaseReady ready) {
    thread.setDaemon(true);
    thread.setContextClassLoader(LeaseEnd.class.getClassLoader());
    thread.start();
  }

  @PreDestroy
  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  private void watch() {
    Lease lease = feed.lease();
    SessionCache cache = sessions.unproxied();
    SleepWatch sleep = new SleepWatch(System::nanoTime, clock::millis);
    while (!stopping) {
      if (sleep.hasSlept()) {
        // What runs is cut at the next look, unless the feed was read by then.
        feed.wokeUp();
      } else if (!lease.isHeld()) {
        cache.cutAll();
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
