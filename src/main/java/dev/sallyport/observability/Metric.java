package dev.sallyport.observability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A family of numbers of this node.
///
/// @param name without the product's prefix; a counter's without `_total`
/// @param help one sentence
public record Metric(String name, String help, Kind kind, List<Sample> samples) {

  /// How it moves.
  public enum Kind {
    /// It only grows, from the node's start on.
    COUNTER,
    GAUGE
  }

  /// One of them, with what tells it from the others.
  public record Sample(Map<String, String> labels, double value) {}

  public static Metric counter(String name, String help, double value) {
    return new Metric(name, help, Kind.COUNTER, List.of(new Sample(Map.of(), value)));
  }

  public static Metric gauge(String name, String help, double value) {
    return new Metric(name, help, Kind.GAUGE, List.of(new Sample(Map.of(), value)));
  }

  /// One for each value of a label, in their order.
  public static Metric counters(String name, String help, String label, Map<String, Long> values) {
    List<Sample> samples = new ArrayList<>();
    new TreeMap<>(values)
        .forEach((value, count) -> samples.add(new Sample(Map.of(label, value), count)));
    return new Metric(name, help, Kind.COUNTER, samples);
  }
}
