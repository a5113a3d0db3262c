package dev.sallyport.roles.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.sallyport.authz.Permission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Count;
import dev.sallyport.console.Notices;
import dev.sallyport.console.View;
import dev.sallyport.console.list.RowButtons;
import dev.sallyport.console.list.Table;
import dev.sallyport.roles.RoleDetails;
import dev.sallyport.roles.RoleService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All roles and what they hold.
@Dependent
class RolesPanel extends Div {
  private final RoleService roles;
  private final Actions actions;

  private final Table<RoleDetails> table = new Table<>("Roles", RoleDetails::id);
  private Consumer<RoleDetails> holdersAsked = role -> {};

  @Inject
  RolesPanel(RoleService roles, Actions actions) {
    this.roles = roles;
    this.actions = actions;
    addClassName("sp-stack");
    table.narrow("Role", "19rem", RolesPanel::name);
    table.wide("Holds", "12rem", RolesPanel::permissions);
    table.narrow("Given to", "7rem", this::holders);
    table.narrow("", "9rem", this::buttons);
    if (View.may(Permission.AUTH_ROLE_CREATE)) {
      add(bar());
    }
    add(table);
  }

  private Component bar() {
    Span hint = new Span("System roles stay as they are; copy one to change it.");
    hint.addClassNames("sp-muted", "sp-grow");
    Button create = new Button("New role", VaadinIcon.PLUS.create(), click -> open(null, null));
    create.addThemeVariants(ButtonVariant.PRIMARY);
    Div bar = new Div(hint, create);
    bar.addClassName("sp-bar");
    return bar;
  }

  /// Told when somebody wants to see who has a role.
  void whenAskedWhoHas(Consumer<RoleDetails> listener) {
    holdersAsked = listener;
  }

  void refresh() {
    table.show(roles.list());
  }

  private static Component name(RoleDetails role) {
    Span name = new Span(role.name());
    name.addClassName("sp-strong");
    Div line = new Div(name);
    if (role.system()) {
      line.add(new Span(" "), new Badge("System"));
    }
    Div description = new Div(role.description());
    description.addClassNames("sp-muted", "sp-wrap");
    return new Div(line, description);
  }

  private static Component permissions(RoleDetails role) {
    Span summary = new Span(RoleTexts.summary(role.permissions()));
    summary.addClassName("sp-wrap");
    summary.setTitle(String.join("\n", role.permissions()));
    return summary;
  }

  private Component holders(RoleDetails role) {
    if (role.assignments() == 0) {
      Span nobody = new Span("nobody");
      nobody.addClassName("sp-muted");
      return nobody;
    }
    NativeButton link =
        new NativeButton(Count.plain(role.assignments()), click -> holdersAsked.accept(role));
    link.addClassName("sp-link");
    link.setAriaLabel("Show who has " + role.name());
    return link;
  }

  private Component buttons(RoleDetails role) {
    return new RowButtons()
        .offer(
            View.may(Permission.AUTH_ROLE_CREATE),
            VaadinIcon.COPY,
            "Copy " + role.name(),
            () -> open(null, role))
        .offer(
            View.may(Permission.AUTH_ROLE_EDIT) && !role.system(),
            VaadinIcon.EDIT,
            "Change " + role.name(),
            () -> open(role, role))
        .offer(
            View.may(Permission.AUTH_ROLE_DELETE) && !role.system(),
            VaadinIcon.TRASH,
            "Delete " + role.name(),
            () -> askToDelete(role));
  }

  private void open(@Nullable RoleDetails changed, @Nullable RoleDetails model) {
    new RoleDialog(changed, model, roles, actions, this::refresh).open();
  }

  private void askToDelete(RoleDetails role) {
    Confirm.ask(
        new Confirm.Question(
            "Delete the role “" + role.name() + "”?",
            "It can't be given any more.",
            List.of("Only possible while nobody has it and no group mapping gives it."),
            "Delete"),
        () -> {
          if (actions.change(() -> roles.delete(role.id(), role.revision()))) {
            Notices.success("“" + role.name() + "” deleted.");
            refresh();
          }
        });
  }
}
