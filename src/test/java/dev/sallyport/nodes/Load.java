package dev.sallyport.nodes;

import dev.sallyport.testing.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/// Clients that call without a pause and try once more when a call fails.
final class Load implements AutoCloseable {
  private static final int OK = 200;

  private final IntSupplier call;
  private final AtomicInteger good = new AtomicInteger();
  private final AtomicInteger cured = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean isOver;

  private Load(IntSupplier call) {
    this.call = call;
  }

  /// @param call answers a status
  static Load of(int clients, IntSupplier call) {
    Load load = new Load(call);
    for (int i = 0; i < clients; i++) {
      load.clients.add(Thread.ofVirtual().start(load::run));
    }
    load.awaitMore(50);
    return load;
  }

  private void run() {
    while (!isOver) {
      if (call.getAsInt() == OK) {
        good.incrementAndGet();
      } else if (call.getAsInt() == OK) {
        cured.incrementAndGet();
      } else {
        lost.incrementAndGet();
      }
    }
  }

  /// Waits until so many more calls were good.
  void awaitMore(int calls) {
    int before = good.get();
    Await.until("load goes on", () -> good.get() > before + calls);
  }

  /// Ends it and says what came of its calls; answers how many the second try did not cure.
  int end(String what) {
    close();
    System.out.printf(
        "measured: %s under load: %d calls good, %d after one retry, %d lost%n",
        what, good.get(), cured.get(), lost.get());
    return lost.get();
  }

  @Override
  public void close() {
    isOver = true;
    try {
      for (Thread client : clients) {
        client.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
