package dev.sallyport.roles.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Count;
import dev.sallyport.console.FieldRows;
import dev.sallyport.console.Fields;
import dev.sallyport.console.Notices;
import dev.sallyport.roles.RoleDetails;
import dev.sallyport.roles.RoleInput;
import dev.sallyport.roles.RoleService;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The form of a role, to create one (maybe like another) or to change one.
final class RoleDialog extends Dialog {
  private final @Nullable RoleDetails changed;
  private final RoleService roles;
  private final Actions actions;
  private final Runnable done;
  private final TextField name = new TextField("Name");
  private final TextArea description = new TextArea("Description");
  private final PermissionsField permissions;
  private final Div form = new Div();

  /// `changed` is the role to be changed, `model` the one whose content the form begins with.
  RoleDialog(
      @Nullable RoleDetails changed,
      @Nullable RoleDetails model,
      RoleService roles,
      Actions actions,
      Runnable done) {
    this.changed = changed;
    this.roles = roles;
    this.actions = actions;
    this.done = done;
    this.permissions = new PermissionsField(roles.permissions());
    setHeaderTitle(changed == null ? "New role" : "Change " + changed.name());
    setWidth("56rem");
    setCloseOnOutsideClick(false);
    name.setWidthFull();
    name.setRequired(true);
    description.setWidthFull();
    description.setMaxLength(1_000);
    form.addClassName("sp-form");
    if (changed != null && changed.assignments() > 0) {
      form.add(new Paragraph(effect(changed.assignments())));
    }
    form.add(name, description, permissions);
    add(form);
    if (model != null) {
      begin(model);
    }
    Button save = new Button(changed == null ? "Create" : "Save", click -> save());
    save.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(new Button("Cancel", click -> close()), save);
  }

  private static String effect(long assignments) {
    return "A change holds at once for whoever has the role: "
        + Count.of(assignments, "assignment")
        + ".";
  }

  private void begin(RoleDetails model) {
    name.setValue(changed == null ? "Copy of " + model.name() : model.name());
    description.setValue(model.description());
    permissions.tick(model.permissions());
  }

  private void save() {
    RoleDetails old = changed;
    RoleInput input =
        new RoleInput(name.getValue().strip(), description.getValue(), permissions.ticked());
    Fields fields =
        new Fields()
            .bind("name", name)
            .bind("description", description)
            .bind("permissions", permissions);
    Optional<RoleDetails> saved =
        actions.call(
            () -> old == null ? roles.create(input) : roles.update(old.id(), old.revision(), input),
            fields);
    if (saved.isEmpty()) {
      FieldRows.showFirstError(form);
      return;
    }
    close();
    Notices.success("“" + saved.get().name() + "” " + (old == null ? "created." : "changed."));
    done.run();
  }
}
