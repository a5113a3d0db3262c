package dev.sallyport.appauth;

import dev.sallyport.appauth.verification.AppFacts;
import dev.sallyport.appauth.verification.RefusalFacts;
import dev.sallyport.problem.ProblemType;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The last refused calls, for whoever must find out why an agent can't get in. Kept off the call's
/// path; under a flood the newest are dropped, the audit counts.
@ApplicationScoped
public class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);
  private static final int CAPACITY = 500;

  @Inject Clock clock;
  @Inject RefusalStore store;

  private final BlockingQueue<Refusal> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final Thread writer = new Thread(this::drain, "sallyport-refusals");
  private volatile boolean stopping;

  /// One refused call. Never a token.
  public record Refusal(
      Instant at,
      String appId,
      String app,
      String code,
      @Nullable String iss,
      @Nullable String aud,
      @Nullable String sub,
      @Nullable String kid,
      @Nullable String client,
      String address,
      String check,
      @Nullable String expected,
      @Nullable String found,
      String requestId) {}

  @PostConstruct
  void start() {
    writer.setDaemon(true);
    writer.setContextClassLoader(Refusals.class.getClassLoader());
    writer.start();
  }

  @PreDestroy
  void stop() throws InterruptedException {
    stopping = true;
    writer.join(5_000);
  }

  /// Queues a refusal; never blocks.
  public void offer(
      AppFacts app, ProblemType code, RefusalFacts facts, String address, String requestId) {
    queue.offer(
        new Refusal(
            clock.instant(),
            app.id(),
            app.name(),
            code.code(),
            facts.iss(),
            facts.aud().isEmpty() ? null : String.join(", ", facts.aud()),
            facts.sub(),
            facts.kid(),
            facts.client(),
            address,
            facts.check(),
            facts.expected(),
            facts.found(),
            requestId));
  }

  private void drain() {
    List<Refusal> batch = new ArrayList<>();
    while (!stopping || !queue.isEmpty()) {
      try {
        Refusal first = queue.poll(200, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch);
          store.write(batch);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.warnf("%s refusals could not be written: %s", batch.size(), e.getMessage());
      }
      batch.clear();
    }
  }
}
