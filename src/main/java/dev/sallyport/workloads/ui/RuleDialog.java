package dev.sallyport.workloads.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.console.FieldRows;
import dev.sallyport.console.Fields;
import dev.sallyport.console.ScopeField;
import dev.sallyport.workloads.WorkloadRuleDetails;
import dev.sallyport.workloads.WorkloadRuleInput;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Makes or changes a rule.
final class RuleDialog extends Dialog {
  private final TextField name = new TextField("Name");
  private final ComboBox<String> issuer = new ComboBox<>("Issuer");
  private final TextField audience = new TextField("Audience");
  private final FieldRows<ConditionRow> conditions =
      new FieldRows<>(
          "Conditions",
          "The token must meet all of them. A value is exact, ends in * (repo:acme/web:*), or is a"
              + " ^regular expression$. One must tell your workloads from those of others.",
          "Add condition",
          ConditionRow::new);
  private final ComboBox<String> role = new ComboBox<>("Role");
  private final ScopeField scope = new ScopeField();
  private final DateTimePicker until = new DateTimePicker("Until (UTC)");
  private final Checkbox enabled = new Checkbox("Enabled");
  private final Div form = new Div(name, issuer, audience, conditions, role, scope, until, enabled);

  /// What the form says now.
  record Draft(@Nullable WorkloadRuleDetails before, WorkloadRuleInput input, Fields fields) {}

  RuleDialog(@Nullable WorkloadRuleDetails rule, RuleChoices choices, Predicate<Draft> save) {
    setHeaderTitle(rule == null ? "New rule for workloads" : "Change “" + rule.name() + "”");
    setWidth("40rem");
    setCloseOnOutsideClick(false);
    prepare(choices);
    if (rule == null) {
      conditions.append();
      enabled.setValue(true);
    } else {
      read(rule);
    }
    form.addClassName("sp-form");
    add(form);
    Button done = new Button("Save", click -> save(rule, save));
    done.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(new Button("Cancel", click -> close()), done);
  }

  private void prepare(RuleChoices choices) {
    issuer.setItems(choices.issuers());
    issuer.setAllowCustomValue(true);
    issuer.addCustomValueSetListener(event -> issuer.setValue(event.getDetail().strip()));
    issuer.setHelperText("The iss of the tokens. Register it at Trusted issuers first.");
    audience.setHelperText("The aud that the workload asks for. No app may take it.");
    role.setItems(choices.roles());
    role.setHelperText("Only roles that hold no more than you do, and never everything.");
    until.setHelperText("Empty: no end.");
    for (ComboBox<String> box : List.of(issuer, role)) {
      box.setWidthFull();
    }
    for (TextField field : List.of(name, audience)) {
      field.setWidthFull();
    }
  }

  private void read(WorkloadRuleDetails rule) {
    name.setValue(rule.name());
    issuer.setValue(rule.issuer());
    audience.setValue(rule.audience());
    rule.conditions().forEach(condition -> conditions.append().with(condition));
    role.setValue(rule.role());
    scope.read(rule.scope());
    if (rule.expiresAt() != null) {
      until.setValue(LocalDateTime.ofInstant(rule.expiresAt(), ZoneOffset.UTC));
    }
    enabled.setValue(rule.enabled());
  }

  private void save(@Nullable WorkloadRuleDetails rule, Predicate<Draft> save) {
    if (save.test(new Draft(rule, input(), fields()))) {
      close();
    } else {
      FieldRows.showFirstError(form);
    }
  }

  private WorkloadRuleInput input() {
    LocalDateTime end = until.getValue();
    return new WorkloadRuleInput(
        name.getValue(),
        issuer.getValue(),
        null,
        audience.getValue(),
        conditions.filled().stream().map(ConditionRow::input).toList(),
        role.getValue(),
        scope.selector(),
        enabled.getValue(),
        end == null ? null : end.toInstant(ZoneOffset.UTC));
  }

  private Fields fields() {
    Fields fields =
        new Fields()
            .bind("name", name)
            .bind("issuer", issuer)
            .bind("audience", audience)
            .bind("conditions", conditions)
            .bind("role", role)
            .bind("expiresAt", until);
    scope.bindTo(fields);
    int index = 0;
    for (ConditionRow row : conditions.filled()) {
      String path = "conditions[" + index++ + "]";
      fields.bind(path + ".claim", row.claim).bind(path + ".anyOf", row.patterns);
    }
    return fields;
  }
}
