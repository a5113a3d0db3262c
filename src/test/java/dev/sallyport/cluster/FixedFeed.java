package dev.sallyport.cluster;

import java.util.concurrent.atomic.AtomicLong;

/// A feed that reads nothing, with a lease that ends when the test says so.
public final class FixedFeed extends ChangeFeed {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong looks = new AtomicLong();
  private final Lease lease = new Lease(this::look);
  private volatile boolean answers = true;

  public FixedFeed() {
    lease.renewFrom(0);
  }

  @Override
  public Lease lease() {
    return lease;
  }

  private long look() {
    looks.incrementAndGet();
    return nanos.get();
  }

  /// How often somebody asked what time it is to the lease.
  public long looks() {
    return looks.get();
  }

  @Override
  public void catchUp() {
    if (answers) {
      lease.renewFrom(nanos.get());
    }
  }

  /// From now on no read of it is finished.
  public void hang() {
    answers = false;
  }

  public void endLease() {
    nanos.set(Lease.LENGTH.toNanos());
  }
}
