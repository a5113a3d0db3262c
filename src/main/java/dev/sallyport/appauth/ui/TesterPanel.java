package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextArea;
import dev.sallyport.appauth.TokenTester;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Fields;
import java.util.List;

/// A token is pasted, tried at an app, and explained. The token is in the field and nowhere else;
/// with the page it is gone.
final class TesterPanel extends Div {
  /// Tries a token at an app.
  interface Trial {
    TokenTester.Answer at(String app, String token);
  }

  private final Trial trial;
  private final Actions actions;
  private final ComboBox<String> app = new ComboBox<>("App");
  private final TextArea token = new TextArea("Token (JWT)");
  private final TesterResult result = new TesterResult();
  private final Fields fields = new Fields();

  TesterPanel(Trial trial, Actions actions) {
    this.trial = trial;
    this.actions = actions;
    addClassName("sp-tester");
    app.setWidth("24rem");
    app.setRequired(true);
    app.setItems(List.of());
    app.setAllowCustomValue(true);
    app.addCustomValueSetListener(event -> app.setValue(event.getDetail().strip()));
    tokenField();
    Button test = new Button("Test token", VaadinIcon.CHECK_CIRCLE_O.create(), click -> test());
    test.addThemeVariants(ButtonVariant.PRIMARY);
    Button clear = new Button("Clear", click -> clear());
    clear.addThemeVariants(ButtonVariant.TERTIARY);
    Div buttons = new Div(test, clear);
    buttons.addClassName("sp-buttons");
    fields.bind("app", app).bind("jwt", token);
    add(app, token, buttons, result);
  }

  private void tokenField() {
    token.setWidthFull();
    token.setRequired(true);
    token.setMinRows(4);
    token.setMaxRows(8);
    token.addClassName("sp-code-field");
    token.setPlaceholder("eyJhbGciOi…");
    token.setHelperText("Neither stored nor logged, and forgotten when you leave this page.");
    // A browser's spell checker or history may send or keep what is typed.
    token.getElement().setAttribute("spellcheck", "false").setAttribute("autocomplete", "off");
  }

  void offer(List<String> apps) {
    app.setItems(apps);
  }

  void choose(String name) {
    app.setValue(name);
  }

  void clear() {
    token.clear();
    result.clear();
    fields.clear();
  }

  private void test() {
    result.clear();
    String name = app.getValue() == null ? "" : app.getValue();
    actions
        .call(() -> trial.at(name, token.getValue()), fields)
        .ifPresent(answer -> result.show(answer, name, TokenParts.of(token.getValue())));
  }

  @Override
  protected void onDetach(DetachEvent event) {
    clear();
  }
}
