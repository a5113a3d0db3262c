package dev.sallyport.appsessions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// Finds the apps of sessions that ended, apart from the thread that follows the feed: a question
/// for each end must not keep the node from hearing the next.
final class EndsByApp {
  private static final Logger LOG = Logger.getLogger(EndsByApp.class);
  private static final int BATCH = 1_000;

  /// Who wants to know.
  interface Listener {
    /// A session of this app ended.
    void ended(String sessionId, String appId);

    /// Sessions ended, and nobody knows where.
    void lost();
  }

  private final Function<List<String>, Map<String, String>> appsOf;
  private final Executor threads;
  private final Listener listener;
  private final Queue<String> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();

  EndsByApp(
      Function<List<String>, Map<String, String>> appsOf, Executor threads, Listener listener) {
    this.appsOf = appsOf;
    this.threads = threads;
    this.listener = listener;
  }

  void add(String sessionId) {
    waiting.add(sessionId);
    if (open.getAndIncrement() == 0) {
      threads.execute(this::work);
    }
  }

  /// Whether everything that was added has been told.
  boolean isUpToDate() {
    return open.get() <= 0;
  }

  private void work() {
    int done;
    do {
      List<String> ids = new ArrayList<>();
      for (String id = waiting.poll();
          id != null;
          id = ids.size() < BATCH ? waiting.poll() : null) {
        ids.add(id);
      }
      tell(ids);
      done = ids.size();
    } while (open.addAndGet(-done) > 0);
  }

  private void tell(List<String> ids) {
    try {
      Map<String, String> apps = appsOf.apply(ids);
      for (String id : ids) {
        String app = apps.get(id);
        if (app != null) {
          listener.ended(id, app);
        }
      }
    } catch (RuntimeException e) {
      LOG.warnf("The apps of %d ended sessions could not be read: %s", ids.size(), e.getMessage());
      listener.lost();
    }
  }
}
