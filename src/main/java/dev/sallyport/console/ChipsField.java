package dev.sallyport.console;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A list of texts: known ones to choose from, others typed and confirmed with Enter.
public final class ChipsField extends MultiSelectComboBox<String> {
  private final Set<String> choices = new LinkedHashSet<>();

  public ChipsField(String label) {
    super(label);
    setWidthFull();
    setAllowCustomValue(true);
    setAutoExpand(AutoExpandMode.VERTICAL);
    offer(List.of());
    addCustomValueSetListener(event -> addText(event.getDetail().strip()));
  }

  /// What the drop-down offers beside that which is chosen.
  public void offer(Collection<String> known) {
    Set<String> chosen = new LinkedHashSet<>(getValue());
    choices.clear();
    choices.addAll(known);
    choices.addAll(chosen);
    setItems(choices);
    setValue(chosen);
  }

  public List<String> texts() {
    return getValue().stream().toList();
  }

  public void setTexts(Collection<String> texts) {
    choices.addAll(texts);
    setItems(choices);
    setValue(new LinkedHashSet<>(texts));
  }

  private void addText(String text) {
    if (text.isEmpty()) {
      return;
    }
    Set<String> chosen = new LinkedHashSet<>(getValue());
    chosen.add(text);
    setTexts(chosen);
  }
}
