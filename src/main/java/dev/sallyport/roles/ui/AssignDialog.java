package dev.sallyport.roles.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import dev.sallyport.console.Actions;
import dev.sallyport.console.FieldRows;
import dev.sallyport.console.Fields;
import dev.sallyport.console.Notices;
import dev.sallyport.console.ScopeField;
import dev.sallyport.roles.ActorSearch;
import dev.sallyport.roles.AssignmentDetails;
import dev.sallyport.roles.AssignmentInput;
import dev.sallyport.roles.AssignmentList;
import dev.sallyport.roles.AssignmentService;
import dev.sallyport.roles.RoleDetails;
import dev.sallyport.roles.RoleDirectory;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gives a role: to whom, where, and until when.
final class AssignDialog extends Dialog {
  private final AssignmentService assignments;
  private final Actions actions;
  private final Runnable done;
  private final ActorField who = new ActorField("To whom");
  private final ComboBox<RoleDetails> role = new ComboBox<>("Role");
  private final ScopeField scope = new ScopeField();
  private final DateTimePicker until = new DateTimePicker("Until (UTC)");
  private final Div form = new Div();

  AssignDialog(
      AssignmentList list,
      List<RoleDetails> roles,
      AssignmentService assignments,
      Actions actions,
      Runnable done) {
    this.assignments = assignments;
    this.actions = actions;
    this.done = done;
    setHeaderTitle("Give a role");
    setWidth("36rem");
    setCloseOnOutsideClick(false);
    who.searchIn(list);
    who.setHelperText("Search by name, or paste an id. People appear after their first sign-in.");
    role.setItems(roles);
    role.setItemLabelGenerator(RoleDetails::name);
    role.addValueChangeListener(change -> explain());
    until.setHelperText("Empty: no end.");
    for (ComboBox<?> box : List.of(who, role)) {
      box.setRequired(true);
      box.setWidthFull();
    }
    form.addClassName("sp-form");
    form.add(who, role, scope, until);
    add(form);
    Button give = new Button("Give", click -> give());
    give.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(new Button("Cancel", click -> close()), give);
  }

  AssignDialog beginWith(ActorSearch.@Nullable Found actor, @Nullable RoleDetails chosen) {
    who.setValue(actor);
    role.setValue(chosen);
    return this;
  }

  private void explain() {
    RoleDetails chosen = role.getValue();
    if (chosen == null) {
      role.setHelperText(null);
      return;
    }
    boolean isAgent = chosen.id().equals(RoleDirectory.AGENT);
    role.setHelperText(
        RoleTexts.summary(chosen.permissions())
            + (isAgent ? ". Upstreams: only together with labels." : ""));
  }

  private void give() {
    Optional<AssignmentDetails> made = actions.call(() -> assignments.assign(input()), fields());
    if (made.isEmpty()) {
      FieldRows.showFirstError(form);
      return;
    }
    close();
    AssignmentDetails given = made.get();
    Notices.success("“" + given.roleName() + "” given to " + AssignmentTexts.name(given) + ".");
    done.run();
  }

  private AssignmentInput input() {
    ActorSearch.Found actor = who.getValue();
    RoleDetails chosen = role.getValue();
    LocalDateTime end = until.getValue();
    return new AssignmentInput(
        actor == null ? "user" : actor.kind().code(),
        actor == null ? null : actor.id(),
        chosen == null ? null : chosen.id(),
        scope.selector(),
        end == null ? null : end.toInstant(ZoneOffset.UTC));
  }

  private Fields fields() {
    Fields fields =
        new Fields()
            .bind("actorId", who)
            .bind("actorKind", who)
            .bind("role", role)
            .bind("expiresAt", until);
    scope.bindTo(fields);
    return fields;
  }
}
