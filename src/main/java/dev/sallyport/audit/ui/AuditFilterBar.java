package dev.sallyport.audit.ui;

import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.sallyport.audit.AuditCategory;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditFilter;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The fields that narrow the audit. Times are UTC, as everywhere.
final class AuditFilterBar extends Div {
  private final ComboBox<String> category = box("Category");
  private final ComboBox<String> event = box("Event");
  private final ComboBox<String> outcome = box("Outcome");
  private final TextField actor = field("Actor", "id or name");
  private final TextField resource = field("Resource", "kind, id or name");
  private final DateTimePicker from = new DateTimePicker("From (UTC)");
  private final DateTimePicker to = new DateTimePicker("To (UTC)");
  private final Consumer<AuditFilter> onChange;
  private boolean isShowing;

  AuditFilterBar(Consumer<AuditFilter> onChange) {
    this.onChange = onChange;
    addClassName("sp-toolbar");
    getElement().setAttribute("role", "search").setAttribute("aria-label", "Filter the audit");
    category.setItems(Arrays.stream(AuditCategory.values()).map(AuditCategory::code).toList());
    event.setItems(Arrays.stream(AuditEventName.values()).map(AuditEventName::code).toList());
    outcome.setItems(
        Arrays.stream(AuditEntry.Outcome.values())
            .map(value -> value.name().toLowerCase(Locale.ROOT))
            .toList());
    List<HasValue<?, ?>> fields = List.of(category, event, outcome, actor, resource, from, to);
    fields.forEach(field -> field.addValueChangeListener(change -> changed()));
    Button clear = new Button("Clear", click -> clear());
    clear.addThemeVariants(ButtonVariant.TERTIARY);
    add(category, event, outcome, actor, resource, from, to, clear);
  }

  private static ComboBox<String> box(String label) {
    ComboBox<String> box = new ComboBox<>(label);
    box.setClearButtonVisible(true);
    box.setPlaceholder("any");
    return box;
  }

  private static TextField field(String label, String placeholder) {
    TextField field = new TextField(label);
    field.setPlaceholder(placeholder);
    field.setClearButtonVisible(true);
    field.setValueChangeMode(ValueChangeMode.LAZY);
    return field;
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
    category.setValue(filter.category());
    event.setValue(filter.event());
    outcome.setValue(filter.outcome());
    actor.setValue(Objects.requireNonNullElse(filter.actor(), ""));
    resource.setValue(Objects.requireNonNullElse(filter.resource(), ""));
    from.setValue(local(filter.from()));
    to.setValue(local(filter.to()));
    isShowing = false;
  }

  private static @Nullable LocalDateTime local(@Nullable Instant time) {
    return time == null ? null : LocalDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(@Nullable LocalDateTime time) {
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  private AuditFilter filter() {
    return new AuditFilter(
        category.getValue(),
        event.getValue(),
        value(actor),
        value(resource),
        outcome.getValue(),
        instant(from.getValue()),
        instant(to.getValue()));
  }

  private static @Nullable String value(TextField field) {
    String text = field.getValue().strip();
    return text.isEmpty() ? null : text;
  }
}
