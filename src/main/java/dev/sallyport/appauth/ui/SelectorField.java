package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.html.Div;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.console.FieldRows;
import dev.sallyport.console.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The label selector of a config. Labels that apps have are offered.
final class SelectorField extends Div {
  private static final String ANY = "*";

  private Runnable changed = () -> {};
  private Map<String, Set<String>> inUse = Map.of();
  private final FieldRows<PatternRow> rows =
      new FieldRows<>(
          "App labels",
          "An app matches when it has every label here with one of its values. A value may be a"
              + " glob (eng-*) or ^a regular expression$; * = * matches every app.",
          "Add label",
          this::newRow);

  SelectorField() {
    rows.whenChanged(this::tell);
    add(rows);
  }

  void bindTo(Fields fields) {
    fields.bind("appLabels", rows);
    rows.filled().forEach(row -> fields.bind("appLabels." + row.keyText(), row.patterns));
  }

  void whenChanged(Runnable listener) {
    changed = listener;
  }

  void offerLabelsOf(List<AppDetails> apps) {
    Map<String, Set<String>> labels = new TreeMap<>();
    labels.put(ANY, Set.of(ANY));
    for (AppDetails app : apps) {
      app.labels()
          .forEach((key, value) -> labels.computeIfAbsent(key, k -> new TreeSet<>()).add(value));
    }
    inUse = labels;
    rows.filled().forEach(row -> row.offering(inUse));
  }

  void read(Map<String, List<String>> selector) {
    rows.clear();
    selector.forEach((key, values) -> rows.append().with(key, values));
  }

  void startWithOneRow() {
    rows.append();
  }

  /// Rows with the same label are one demand with all their values.
  Map<String, List<String>> selector() {
    Map<String, List<String>> selector = new LinkedHashMap<>();
    for (PatternRow row : rows.filled()) {
      selector.merge(row.keyText(), row.patterns.texts(), SelectorField::joined);
    }
    return selector;
  }

  private static List<String> joined(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).distinct().toList();
  }

  private PatternRow newRow() {
    return new PatternRow("label", "any of these values", this::tell).offering(inUse);
  }

  private void tell() {
    changed.run();
  }
}
