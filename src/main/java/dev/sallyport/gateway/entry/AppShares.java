package dev.sallyport.gateway.entry;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// How many of the threads each app has at a time. What is beyond waits until some of its own app
/// is done, so that an app whose work takes long holds up nobody else's.
final class AppShares {
  private final Executor threads;
  private final int most;
  private final Map<String, Share> byApp = new HashMap<>();

  private static final class Share {
    private final Queue<Runnable> later = new ArrayDeque<>();
    private int running;
  }

  AppShares(Executor threads, int most) {
    this.threads = threads;
    this.most = most;
  }

  void execute(String app, Runnable work) {
    if (mayBegin(app, work)) {
      try {
        start(app, work);
      } catch (RejectedExecutionException e) {
        Runnable unused = next(app);
        throw e;
      }
    }
  }

  private synchronized boolean mayBegin(String app, Runnable work) {
    Share share = byApp.computeIfAbsent(app, _ -> new Share());
    if (share.running == most) {
      share.later.add(work);
      return false;
    }
    share.running++;
    return true;
  }

  private void start(String app, Runnable work) {
    threads.execute(
        () -> {
          try {
            work.run();
          } finally {
            Runnable next = next(app);
            if (next != null) {
              start(app, next);
            }
          }
        });
  }

  /// What begins in place of what is done.
  private synchronized @Nullable Runnable next(String app) {
    Share share = Objects.requireNonNull(byApp.get(app));
    Runnable next = share.later.poll();
    if (next == null) {
      share.running--;
      if (share.running == 0) {
        byApp.remove(app);
      }
    }
    return next;
  }
}
