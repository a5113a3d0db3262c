package dev.sallyport.users.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.sallyport.users.UserFilter;
import dev.sallyport.users.UserProvider;
import java.util.List;
import java.util.function.Consumer;

/// The fields that narrow the list of users.
final class UserFilterBar extends Div {
  private final TextField text = new TextField("Search");
  private final ComboBox<UserProvider> provider = new ComboBox<>("Provider");
  private final Select<UserFilter.State> state = new Select<>();

  UserFilterBar(List<UserProvider> providers, Consumer<UserFilter> onChange) {
    addClassName("sp-toolbar");
    getElement().setAttribute("role", "search").setAttribute("aria-label", "Filter users");
    text.setPlaceholder("name, e-mail or subject");
    text.setPrefixComponent(VaadinIcon.SEARCH.create());
    text.setClearButtonVisible(true);
    text.setValueChangeMode(ValueChangeMode.LAZY);
    text.addFocusShortcut(Key.SLASH).setBrowserDefaultAllowed(false);
    provider.setItems(providers);
    provider.setItemLabelGenerator(UserProvider::name);
    provider.setClearButtonVisible(true);
    provider.setPlaceholder("any");
    state.setLabel("State");
    state.setItems(UserFilter.State.values());
    state.setItemLabelGenerator(UserFilterBar::label);
    state.setValue(UserFilter.State.ALL);
    text.addValueChangeListener(change -> onChange.accept(filter()));
    provider.addValueChangeListener(change -> onChange.accept(filter()));
    state.addValueChangeListener(change -> onChange.accept(filter()));
    add(text, provider, state);
  }

  private static String label(UserFilter.State state) {
    return switch (state) {
      case ALL -> "All";
      case ACTIVE -> "Active";
      case DEACTIVATED -> "Deactivated";
    };
  }

  private UserFilter filter() {
    String words = text.getValue().strip();
    UserProvider chosen = provider.getValue();
    return new UserFilter(
        words.isEmpty() ? null : words, chosen == null ? null : chosen.id(), state.getValue());
  }
}
