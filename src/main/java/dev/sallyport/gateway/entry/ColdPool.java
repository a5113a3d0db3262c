package dev.sallyport.gateway.entry;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The threads that may block for the gateway: verifying, opening, fetching, resolving. Few and
/// bounded, so that a flood of strangers starves neither the console nor the calls of those who are
/// in; and one app has at most half of them.
///
/// A thread that waits for what another one does already, such as fetching an issuer's keys, is
/// replaced as long as it waits: `CompletableFuture.join` tells this kind of pool that it blocks.
public final class ColdPool implements AutoCloseable {
  private static final int MOST_REPLACED = 256;
  private static final long IDLE_SECONDS = 30;

  private final ForkJoinPool threads;
  private final int most;
  private final AtomicInteger unowned = new AtomicInteger();
  private final ColdPlaces clients;
  private final ColdPlaces apps;
  private final AppShares shares;

  public ColdPool(String name, int threads, int queue) {
    this.threads =
        new ForkJoinPool(
            threads,
            named(name),
            null,
            true,
            threads,
            threads + MOST_REPLACED,
            threads,
            full -> true,
            IDLE_SECONDS,
            TimeUnit.SECONDS);
    this.most = threads + queue;
    this.clients = new ColdPlaces(queue);
    this.apps = new ColdPlaces(queue);
    // From outside, also where one of its own threads submits: that would go on with its own first.
    this.shares =
        new AppShares(
            work -> this.threads.externalSubmit(ForkJoinTask.adapt(work)),
            Math.max(1, threads / 2));
  }

  private static ForkJoinWorkerThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    ClassLoader loader = ColdPool.class.getClassLoader();
    return pool -> {
      ForkJoinWorkerThread thread = new ForkJoinWorkerThread(pool) {};
      thread.setName(name + "-" + count.incrementAndGet());
      thread.setContextClassLoader(loader);
      return thread;
    };
  }

  /// Runs the work of nobody in particular; refuses when too much of it waits already.
  public void execute(Runnable work) throws RejectedExecutionException {
    if (unowned.incrementAndGet() > most) {
      unowned.decrementAndGet();
      throw new RejectedExecutionException("too much waits");
    }
    threads.execute(() -> counted(work));
  }

  private void counted(Runnable work) {
    try {
      work.run();
    } finally {
      unowned.decrementAndGet();
    }
  }

  /// Runs this client's work for an app; refuses when too much waits, too much of theirs, or too
  /// much for the app.
  public void execute(String client, String app, Runnable work) throws RejectedExecutionException {
    if (!clients.take(client)) {
      throw new RejectedExecutionException("one client waits in too many places");
    }
    if (!apps.take(app)) {
      clients.free(client);
      throw new RejectedExecutionException("too many wait for one app");
    }
    try {
      shares.execute(app, () -> placed(client, app, work));
    } catch (RejectedExecutionException e) {
      free(client, app);
      throw e;
    }
  }

  private void placed(String client, String app, Runnable work) {
    try {
      work.run();
    } finally {
      free(client, app);
    }
  }

  private void free(String client, String app) {
    apps.free(app);
    clients.free(client);
  }

  /// Whether work of this client would be refused right now, for whatever app.
  public boolean isFull(String client) {
    return clients.isFull(client);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
