package dev.sallyport.gateway.relay;

import java.util.concurrent.atomic.LongAdder;

/// How many calls waited for a place at an upstream, and how long together. Any thread.
public final class WaitCounts {
  private final LongAdder calls = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  void add(long waitedNanos) {
    calls.increment();
    nanos.add(waitedNanos);
  }

  public long calls() {
    return calls.sum();
  }

  public long nanos() {
    return nanos.sum();
  }
}
