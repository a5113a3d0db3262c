package dev.sallyport.cluster;

import java.util.concurrent.atomic.AtomicLong;

/// A feed that reads nothing, with a lease that ends when the test says so.
public final class FixedFeed extends ChangeFeed {
  private final AtomicLong nanos = new AtomicLong();
  private final Lease lease = new Lease(nanos::get);

  public FixedFeed() {
    lease.renewFrom(0);
  }

  @Override
  public Lease lease() {
    return lease;
  }

  public void endLease() {
    nanos.set(Lease.LENGTH.toNanos());
  }
}
