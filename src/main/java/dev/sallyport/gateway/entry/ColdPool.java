package dev.sallyport.gateway.entry;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The threads that may block for the gateway: verifying, opening, resolving. Few and bounded, so
/// that a flood of strangers starves neither the console nor the calls of those who are in.
public final class ColdPool implements AutoCloseable {

  private final ThreadPoolExecutor executor;
  private final ColdPlaces places;

  public ColdPool(String name, int threads, int queue) {
    places = new ColdPlaces(queue);
    AtomicInteger count = new AtomicInteger();
    ClassLoader loader = ColdPool.class.getClassLoader();
    executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(queue),
            work -> {
              Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
              thread.setDaemon(true);
              thread.setContextClassLoader(loader);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /// Runs the work; refuses when too much waits already.
  public void execute(Runnable work) throws RejectedExecutionException {
    executor.execute(work);
  }

  /// Runs the work of this client; refuses also when too much of theirs waits.
  public void execute(String client, Runnable work) throws RejectedExecutionException {
    if (!places.take(client)) {
      throw new RejectedExecutionException("one client waits in too many places");
    }
    try {
      executor.execute(
          () -> {
            try {
              work.run();
            } finally {
              places.free(client);
            }
          });
    } catch (RejectedExecutionException e) {
      places.free(client);
      throw e;
    }
  }

  /// Whether work of this client would be refused right now.
  public boolean isFull(String client) {
    return executor.getQueue().remainingCapacity() == 0 || places.isFull(client);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
