package dev.sallyport.apikeys.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.sallyport.apikeys.ApiKeySummary;
import dev.sallyport.apikeys.KeyChange.Narrowing;
import dev.sallyport.apikeys.KeyChangeService;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Fields;
import dev.sallyport.console.Notices;
import dev.sallyport.console.ScopeField;
import java.util.List;

/// Lets a key do less, without a new value.
final class NarrowKeyDialog extends Dialog {
  private final ComboBox<String> role = new ComboBox<>("Role");
  private final ScopeField scope = new ScopeField();

  NarrowKeyDialog(
      ApiKeySummary key,
      List<String> weaker,
      Actions actions,
      KeyChangeService changes,
      Runnable done) {
    setHeaderTitle("Narrow “" + key.name() + "”");
    setWidth("36rem");
    role.setItems(weaker);
    role.setValue(key.role());
    role.setWidthFull();
    role.setHelperText("Roles that hold no more than the one it has.");
    scope.read(key.scope());
    Div form =
        new Div(
            new Paragraph(
                "It may do less from the next call on, with the value it has. There is no way back:"
                    + " for more, make a new key."),
            role,
            scope);
    form.addClassName("sp-form");
    add(form);
    Button narrow = new Button("Narrow", click -> narrow(key, actions, changes, done));
    narrow.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(new Button("Cancel", click -> close()), narrow);
  }

  private void narrow(ApiKeySummary key, Actions actions, KeyChangeService changes, Runnable done) {
    Fields fields = new Fields().bind("role", role);
    scope.bindTo(fields);
    var wanted = new Narrowing(role.getValue(), scope.selector());
    if (actions.change(() -> changes.narrow(key.id(), wanted), fields)) {
      close();
      Notices.success("“" + key.name() + "” may do less now.");
      done.run();
    }
  }
}
