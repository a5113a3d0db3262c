package dev.sallyport.audit.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.sallyport.audit.AuditField;
import dev.sallyport.audit.AuditFilter;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The fields that narrow the audit. Times are UTC, as everywhere.
final class AuditFilterBar extends Div {
  private static final Set<AuditField> RARE =
      Set.of(AuditField.REASON, AuditField.ADDRESS, AuditField.REQUEST);

  private final Map<AuditField, MultiSelectComboBox<String>> choices =
      new EnumMap<>(AuditField.class);
  private final Map<AuditField, TextField> texts = new EnumMap<>(AuditField.class);
  private final DateTimePicker from = new DateTimePicker("From (UTC)");
  private final DateTimePicker to = new DateTimePicker("To (UTC)");
  private final Button more = new Button("More fields", click -> showRare(true));
  private final Consumer<AuditFilter> onChange;
  private boolean isShowing;

  AuditFilterBar(Consumer<AuditFilter> onChange, Component... actions) {
    this.onChange = onChange;
    addClassName("sp-toolbar");
    getElement().setAttribute("role", "search").setAttribute("aria-label", "Filter the audit");
    add(choice(AuditField.CATEGORY, "Category"), choice(AuditField.EVENT, "Event"));
    add(choice(AuditField.OUTCOME, "Outcome"), text(AuditField.ACTOR, "Actor", "id or name"));
    add(text(AuditField.RESOURCE, "Resource", "kind, id or name"), from, to);
    add(text(AuditField.REASON, "Reason", "code"), text(AuditField.ADDRESS, "Address", "IP"));
    add(text(AuditField.REQUEST, "Request", "req_…"));
    List.<HasValue<?, ?>>of(from, to).forEach(f -> f.addValueChangeListener(e -> changed()));
    Button clear = new Button("Clear", click -> clear());
    more.addThemeVariants(ButtonVariant.TERTIARY);
    clear.addThemeVariants(ButtonVariant.TERTIARY);
    add(more, clear);
    add(actions);
    showRare(false);
  }

  private Component choice(AuditField field, String label) {
    MultiSelectComboBox<String> box = new MultiSelectComboBox<>(label);
    box.setItems(field.known());
    box.setClearButtonVisible(true);
    box.setPlaceholder("any");
    box.addValueChangeListener(change -> changed());
    choices.put(field, box);
    return box;
  }

  private Component text(AuditField field, String label, String placeholder) {
    TextField text = new TextField(label);
    text.setPlaceholder(placeholder);
    text.setClearButtonVisible(true);
    text.setValueChangeMode(ValueChangeMode.LAZY);
    text.addValueChangeListener(change -> changed());
    texts.put(field, text);
    return text;
  }

  private void showRare(boolean isShown) {
    texts.forEach((field, text) -> text.setVisible(isShown || !RARE.contains(field)));
    more.setVisible(!isShown);
  }

  private void clear() {
    show(AuditFilter.all());
    changed();
  }

  private void changed() {
    if (!isShowing) {
      onChange.accept(filter());
    }
  }

  /// Shows a filter without telling of it.
  void show(AuditFilter filter) {
    isShowing = true;
    choices.forEach((field, box) -> box.setValue(filter.values(field)));
    texts.forEach((field, text) -> text.setValue(String.join(" | ", filter.values(field))));
    from.setValue(local(filter.from()));
    to.setValue(local(filter.to()));
    if (RARE.stream().anyMatch(field -> !filter.values(field).isEmpty())) {
      showRare(true);
    }
    isShowing = false;
  }

  static @Nullable LocalDateTime local(@Nullable Instant time) {
    return time == null ? null : LocalDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  static @Nullable Instant instant(@Nullable LocalDateTime time) {
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  private AuditFilter filter() {
    AuditFilter filter = AuditFilter.all();
    for (var choice : choices.entrySet()) {
      filter = filter.with(choice.getKey(), choice.getValue().getValue());
    }
    for (var text : texts.entrySet()) {
      filter = filter.with(text.getKey(), values(text.getValue().getValue()));
    }
    return filter.between(instant(from.getValue()), instant(to.getValue()));
  }

  /// Several values in one field are divided by bars.
  private static Set<String> values(String text) {
    Set<String> values = new LinkedHashSet<>();
    for (String part : text.split("\\|")) {
      if (!part.isBlank()) {
        values.add(part.strip());
      }
    }
    return values;
  }
}
