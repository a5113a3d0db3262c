package dev.sallyport.observability;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes metrics in the text form of OpenMetrics 1.0.
final class MetricsText {
  /// What it is served as.
  static final String MEDIA_TYPE = "application/openmetrics-text;version=1.0.0;charset=utf-8";

  private static final String PREFIX = "sallyport_";

  private MetricsText() {}

  static String write(List<Metric> metrics) {
    StringBuilder text = new StringBuilder();
    metrics.forEach(metric -> write(metric, text));
    return text.append("# EOF\n").toString();
  }

  private static void write(Metric metric, StringBuilder text) {
    String name = PREFIX + metric.name();
    String kind = metric.kind().name().toLowerCase(Locale.ROOT);
    text.append("# TYPE ").append(name).append(' ').append(kind).append('\n');
    text.append("# HELP ").append(name).append(' ').append(escaped(metric.help())).append('\n');
    for (Metric.Sample sample : metric.samples()) {
      text.append(name)
          .append(metric.kind() == Metric.Kind.COUNTER ? "_total" : "")
          .append(labels(sample))
          .append(' ')
          .append(number(sample.value()))
          .append('\n');
    }
  }

  private static String labels(Metric.Sample sample) {
    return sample.labels().isEmpty()
        ? ""
        : new TreeMap<>(sample.labels())
            .entrySet().stream()
                .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + '"')
                .collect(Collectors.joining(",", "{", "}"));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
