package dev.sallyport.gateway;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The threads that may block for the gateway: verifying, opening, resolving. Few and bounded, so
/// that a flood of strangers starves neither the console nor the calls of those who are in.
final class ColdPool implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int QUEUE = 512;

  private final ThreadPoolExecutor executor;

  ColdPool(String name) {
    AtomicInteger count = new AtomicInteger();
    ClassLoader loader = ColdPool.class.getClassLoader();
    executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            work -> {
              Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
              thread.setDaemon(true);
              thread.setContextClassLoader(loader);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /// Runs the work; refuses when too much waits already.
  void execute(Runnable work) throws RejectedExecutionException {
    executor.execute(work);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
