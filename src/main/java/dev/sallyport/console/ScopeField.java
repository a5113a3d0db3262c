package dev.sallyport.console;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where something holds: everywhere, or for the apps that have certain labels.
public final class ScopeField extends Div {
  private static final String EVERYWHERE = "For everything";
  private static final String SCOPED = "Only for apps with these labels";

  private final RadioButtonGroup<String> where = new RadioButtonGroup<>("Where");
  private final FieldRows<LabelRow> labels =
      new FieldRows<>(
          "Labels",
          "An app must have every label here with one of its values, to the letter. Permissions"
              + " that are about no app (roles, keys, issuers, the system) are not given.",
          "Add label",
          LabelRow::new);

  /// A label and the values of which an app must have one.
  private static final class LabelRow extends Div implements FieldRows.Row {
    final TextField key = new TextField();
    final ChipsField values = new ChipsField("");

    LabelRow() {
      key.setPlaceholder("label");
      key.setAriaLabel("label");
      values.setPlaceholder("one of these values");
      values.setAriaLabel("one of these values");
      addClassName("sp-pair");
      add(key, values);
    }

    String keyText() {
      return key.getValue().strip();
    }

    @Override
    public boolean isEmpty() {
      return keyText().isEmpty() && values.getValue().isEmpty();
    }
  }

  public ScopeField() {
    where.setItems(EVERYWHERE, SCOPED);
    where.addValueChangeListener(change -> labels.setVisible(isScoped()));
    where.setValue(EVERYWHERE);
    labels.setVisible(false);
    labels.append();
    addClassName("sp-form");
    add(where, labels);
  }

  public void read(@Nullable Map<String, List<String>> selector) {
    where.setValue(selector == null ? EVERYWHERE : SCOPED);
    if (selector != null) {
      labels.clear();
      selector.forEach(
          (key, values) -> {
            LabelRow row = labels.append();
            row.key.setValue(key);
            row.values.setTexts(values);
          });
    }
  }

  /// The selector as services take it; null means everywhere.
  public @Nullable Map<String, List<String>> selector() {
    if (!isScoped()) {
      return null;
    }
    var selector = new LinkedHashMap<String, List<String>>();
    for (LabelRow row : labels.filled()) {
      selector.merge(
          row.keyText(),
          row.values.texts(),
          (a, b) -> Stream.concat(a.stream(), b.stream()).distinct().toList());
    }
    return selector;
  }

  public void bindTo(Fields fields) {
    fields.bind("scope", isScoped() ? labels : where);
    labels.filled().forEach(row -> fields.bind("scope." + row.keyText(), row.values));
  }

  /// A selector in words: `env = test or prod, team = a`.
  public static String text(@Nullable Map<String, List<String>> selector) {
    return selector == null
        ? "Everywhere"
        : selector.entrySet().stream()
            .map(label -> label.getKey() + " = " + String.join(" or ", label.getValue()))
            .collect(Collectors.joining(", "));
  }

  private boolean isScoped() {
    return SCOPED.equals(where.getValue());
  }
}
