package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import dev.sallyport.console.ChipsField;
import dev.sallyport.console.FieldRows;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A name and the patterns of which one must match: a label of a selector, a claim of a rule.
final class PatternRow extends Div implements FieldRows.Row {
  final ComboBox<String> key = new ComboBox<>();
  final ChipsField patterns = new ChipsField("");
  private Map<String, Set<String>> known = Map.of();

  PatternRow(String keyName, String patternsName, Runnable changed) {
    key.setPlaceholder(keyName);
    key.setAriaLabel(keyName);
    key.setAllowCustomValue(true);
    key.addCustomValueSetListener(event -> key.setValue(event.getDetail().strip()));
    key.setItems(List.of());
    patterns.setPlaceholder(patternsName);
    patterns.setAriaLabel(patternsName);
    key.addValueChangeListener(
        change -> {
          offerPatterns();
          changed.run();
        });
    patterns.addValueChangeListener(change -> changed.run());
    addClassName("sp-pair");
    add(key, patterns);
  }

  /// Names and values that are in use, to choose from.
  PatternRow offering(Map<String, Set<String>> inUse) {
    known = inUse;
    String chosen = keyText();
    key.setItems(inUse.keySet());
    if (!chosen.isEmpty()) {
      key.setValue(chosen);
    }
    offerPatterns();
    return this;
  }

  PatternRow with(String keyText, List<String> texts) {
    key.setValue(keyText);
    patterns.setTexts(texts);
    return this;
  }

  String keyText() {
    String text = key.getValue();
    return text == null ? "" : text.strip();
  }

  @Override
  public boolean isEmpty() {
    return keyText().isEmpty() && patterns.getValue().isEmpty();
  }

  private void offerPatterns() {
    patterns.offer(known.getOrDefault(keyText(), Set.of()));
  }
}
