package dev.sallyport.connections.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.sallyport.connections.accounts.ConnectionFilter;
import dev.sallyport.connections.accounts.ConnectionStatus;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The fields that narrow the list of connections.
final class ConnectionFilterBar extends Div {
  private final TextField user = field("Person", "begins with…");
  private final TextField app = field("App", "exact name");
  private final TextField issuer = field("Authorization server", "https://…");
  private final TextField session = field("Session", "exact id");
  private final Select<ConnectionStatus> status = new Select<>();

  ConnectionFilterBar(Consumer<ConnectionFilter> onChange) {
    addClassName("sp-toolbar");
    getElement()
        .setAttribute("role", "search")
        .setAttribute("aria-label", "Filter connected accounts");
    user.setPrefixComponent(VaadinIcon.SEARCH.create());
    user.addFocusShortcut(Key.SLASH).setBrowserDefaultAllowed(false);
    status.setLabel("Status");
    status.setItems(ConnectionStatus.values());
    status.setEmptySelectionAllowed(true);
    status.setEmptySelectionCaption("Any");
    status.setItemLabelGenerator(value -> value == null ? "Any" : ConnectionTexts.label(value));
    status.addValueChangeListener(change -> onChange.accept(filter()));
    for (TextField text : List.of(user, app, issuer, session)) {
      text.addValueChangeListener(change -> onChange.accept(filter()));
      add(text);
    }
    add(status);
  }

  private static TextField field(String label, String placeholder) {
    TextField field = new TextField(label);
    field.setPlaceholder(placeholder);
    field.setClearButtonVisible(true);
    field.setValueChangeMode(ValueChangeMode.LAZY);
    return field;
  }

  private ConnectionFilter filter() {
    return new ConnectionFilter(
        value(user), value(issuer), value(session), value(app), status.getValue());
  }

  private static @Nullable String value(TextField field) {
    String text = field.getValue().strip();
    return text.isEmpty() ? null : text;
  }
}
