package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.sallyport.appsessions.SessionFilter;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The fields that narrow the session list.
final class FilterBar extends Div {
  private static final int TYPING_PAUSE_MILLIS = 350;

  private final TextField user = field("User", "begins with…");
  private final TextField app = field("App", "exact name");
  private final TextField client = field("Client", "exact id");
  private final TextField issuer = field("Issuer", "https://…");
  private final TextField config = field("Config", "exact name");
  private final TextField subject = field("Subject", "exact");
  private final Select<SessionFilter.State> state = new Select<>();
  private final Consumer<SessionFilter> onChange;
  private boolean isShowing;

  FilterBar(Consumer<SessionFilter> onChange) {
    this.onChange = onChange;
    addClassName("sp-toolbar");
    getElement().setAttribute("role", "search").setAttribute("aria-label", "Filter sessions");
    user.setPrefixComponent(VaadinIcon.SEARCH.create());
    user.addFocusShortcut(Key.SLASH).setBrowserDefaultAllowed(false);
    state.setLabel("State");
    state.setItems(SessionFilter.State.values());
    state.setItemLabelGenerator(FilterBar::label);
    state.setValue(SessionFilter.State.LIVE);
    state.addValueChangeListener(change -> changed());
    for (TextField text : texts()) {
      text.addValueChangeListener(change -> changed());
      add(text);
    }
    Button clear = new Button("Clear", click -> clear());
    clear.addThemeVariants(ButtonVariant.TERTIARY);
    add(state, clear);
  }

  private List<TextField> texts() {
    return List.of(user, app, client, issuer, config, subject);
  }

  private static TextField field(String label, String placeholder) {
    TextField field = new TextField(label);
    field.setPlaceholder(placeholder);
    field.setClearButtonVisible(true);
    field.setValueChangeMode(ValueChangeMode.LAZY);
    field.setValueChangeTimeout(TYPING_PAUSE_MILLIS);
    return field;
  }

  private static String label(SessionFilter.State state) {
    return switch (state) {
      case LIVE -> "Live";
      case ENDED -> "Ended";
      case ALL -> "Live and ended";
    };
  }

  private void clear() {
    show(SessionFilter.live());
    changed();
  }

  private void changed() {
    if (!isShowing) {
      onChange.accept(filter());
    }
  }

  /// Shows a filter without telling of it.
  void show(SessionFilter filter) {
    isShowing = true;
    user.setValue(orEmpty(filter.user()));
    app.setValue(orEmpty(filter.app()));
    client.setValue(orEmpty(filter.client()));
    issuer.setValue(orEmpty(filter.issuer()));
    config.setValue(orEmpty(filter.config()));
    subject.setValue(orEmpty(filter.subject()));
    state.setValue(filter.state());
    // Rarely needed, and wide: shown where a link brought them.
    config.setVisible(filter.config() != null);
    subject.setVisible(filter.subject() != null);
    isShowing = false;
  }

  private static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  SessionFilter filter() {
    return new SessionFilter(
        value(app),
        value(config),
        value(user),
        value(issuer),
        value(subject),
        value(client),
        state.getValue());
  }

  private static @Nullable String value(TextField field) {
    String text = field.getValue().strip();
    return text.isEmpty() ? null : text;
  }
}
