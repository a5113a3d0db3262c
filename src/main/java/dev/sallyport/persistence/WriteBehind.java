package dev.sallyport.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// A bounded queue before the database, for rows that no caller may wait for. What does not fit, or
/// can't be written, is dropped and counted.
public final class WriteBehind<T> implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(WriteBehind.class);
  private static final int BATCH = 200;

  private final BlockingQueue<T> queue;
  private final Consumer<List<T>> writer;
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;
  private volatile boolean closing;

  /// `writer` is called on a thread of its own, with one batch at a time.
  public WriteBehind(String name, int capacity, Consumer<List<T>> writer) {
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.writer = writer;
    this.thread = new Thread(this::drain, "sallyport-" + name);
    thread.setDaemon(true);
    thread.setContextClassLoader(WriteBehind.class.getClassLoader());
    thread.start();
  }

  /// Queues a row; never blocks, never fails.
  public void offer(T row) {
    if (!queue.offer(row)) {
      dropped.incrementAndGet();
    }
  }

  /// How many rows were dropped since this was last asked.
  public long takeDropped() {
    return dropped.getAndSet(0);
  }

  private void drain() {
    List<T> batch = new ArrayList<>();
    while (!closing || !queue.isEmpty()) {
      try {
        T first = queue.poll(200, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          writer.accept(batch);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        dropped.addAndGet(batch.size());
        LOG.warnf("%s rows could not be written: %s", batch.size(), e.getMessage());
      }
      batch.clear();
    }
  }

  /// Writes what is queued, for at most five seconds.
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
