package dev.sallyport.apikeys.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.apikeys.ApiKeyService;
import dev.sallyport.apikeys.NewKey;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.console.FieldRows;
import dev.sallyport.console.Fields;
import dev.sallyport.console.ScopeField;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/// Makes a key: what it is for, what it may do, and until when.
final class CreateKeyDialog extends Dialog {
  // Long enough for a quarter's work; a forgotten key ends by itself.
  private static final Duration USUAL = Duration.ofDays(90);

  private final TextField name = new TextField("Name");
  private final Select<ActorKind> kind = new Select<>();
  private final ComboBox<String> role = new ComboBox<>("Role");
  private final ScopeField scope = new ScopeField();
  private final DateTimePicker until = new DateTimePicker("Until (UTC)");
  private final Div form = new Div(name, kind, role, scope, until);

  CreateKeyDialog(List<String> roles, Instant now, KeyAction action, ApiKeyService keys) {
    setHeaderTitle("New key");
    setWidth("36rem");
    setCloseOnOutsideClick(false);
    name.setHelperText("Who or what will use it, such as ci-deploy.");
    name.setWidthFull();
    name.focus();
    kind.setLabel("Used by");
    kind.setItems(ActorKind.API_KEY, ActorKind.PROXY, ActorKind.WORKLOAD);
    kind.setItemLabelGenerator(CreateKeyDialog::text);
    kind.setValue(ActorKind.API_KEY);
    kind.setWidthFull();
    role.setItems(roles);
    role.setHelperText("Only roles that hold no more than you do can be given.");
    role.setWidthFull();
    until.setHelperText("Empty: no end.");
    LocalDateTime end = LocalDateTime.ofInstant(now.plus(USUAL), ZoneOffset.UTC);
    until.setValue(end.truncatedTo(ChronoUnit.HOURS));
    form.addClassName("sp-form");
    add(form);
    Button make = new Button("Make the key", click -> make(action, keys));
    make.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(new Button("Cancel", click -> close()), make);
  }

  private static String text(ActorKind kind) {
    return switch (kind) {
      case PROXY -> "A front proxy or app server that opens sessions";
      case WORKLOAD -> "A workload";
      default -> "A script or an admin";
    };
  }

  private void make(KeyAction action, ApiKeyService keys) {
    Fields fields =
        new Fields()
            .bind("name", name)
            .bind("kind", kind)
            .bind("role", role)
            .bind("expiresAt", until);
    scope.bindTo(fields);
    if (action.run(() -> keys.create(input()), fields)) {
      close();
    } else {
      FieldRows.showFirstError(form);
    }
  }

  private NewKey input() {
    LocalDateTime end = until.getValue();
    return new NewKey(
        name.getValue().strip(),
        Objects.requireNonNullElse(role.getValue(), ""),
        scope.selector(),
        kind.getValue(),
        end == null ? null : end.toInstant(ZoneOffset.UTC));
  }
}
