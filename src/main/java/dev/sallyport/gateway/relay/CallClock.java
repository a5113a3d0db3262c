package dev.sallyport.gateway.relay;

import io.undertow.util.WorkerUtils;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/// Looks after the calls of one I/O thread that have lasted a while, with one timer for all. Most
/// calls end before the first look and cost nothing. Confined to its I/O thread.
final class CallClock implements Runnable {

  /// A member of the list, which is intrusive so that a call costs no allocation.
  abstract static class Timed {
    private @Nullable Timed older;
    private @Nullable Timed newer;
    private boolean listed;
    private final long startedAt = System.nanoTime();

    /// Whether the clock may forget the call.
    abstract boolean look(long now);

    /// The clock has forgotten the call.
    void forgotten() {}
  }

  private final XnioIoThread thread;
  private final long periodNanos;
  private @Nullable Timed oldest;
  private @Nullable Timed newest;
  private boolean ticking;

  CallClock(XnioIoThread thread, Duration period) {
    this.thread = thread;
    this.periodNanos = period.toNanos();
  }

  void add(Timed call) {
    call.listed = true;
    call.older = newest;
    if (newest == null) {
      oldest = call;
    } else {
      newest.newer = call;
    }
    newest = call;
    if (!ticking) {
      schedule();
    }
  }

  void remove(Timed call) {
    if (!call.listed) {
      return;
    }
    call.listed = false;
    if (call.older == null) {
      oldest = call.newer;
    } else {
      call.older.newer = call.newer;
    }
    if (call.newer == null) {
      newest = call.older;
    } else {
      call.newer.older = call.older;
    }
    call.older = null;
    call.newer = null;
  }

  @Override
  public void run() {
    ticking = false;
    long now = System.nanoTime();
    Timed call = oldest;
    while (call != null && now - call.startedAt >= periodNanos) {
      Timed next = call.newer;
      if (call.look(now)) {
        remove(call);
        call.forgotten();
      }
      call = next;
    }
    if (oldest != null) {
      schedule();
    }
  }

  private void schedule() {
    ticking = true;
    WorkerUtils.executeAfter(thread, this, periodNanos, TimeUnit.NANOSECONDS);
  }
}
