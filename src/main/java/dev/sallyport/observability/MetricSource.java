package dev.sallyport.observability;

import java.util.stream.Stream;

/// Has numbers for operators; every bean of this type is asked at each scrape.
public interface MetricSource {
  Stream<Metric> metrics();
}
