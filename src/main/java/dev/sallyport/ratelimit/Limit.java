package dev.sallyport.ratelimit;

import java.time.Duration;

/// So many at once, and as many again spread evenly over each period.
public record Limit(long capacity, Duration refillPeriod) {
  public Limit {
    if (capacity < 1 || !refillPeriod.isPositive()) {
      throw new IllegalArgumentException("a limit needs a capacity and a period above 0");
    }
  }

  public static Limit perMinute(long capacity) {
    return new Limit(capacity, Duration.ofMinutes(1));
  }
}
