package dev.sallyport.roles.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Count;
import dev.sallyport.console.Notices;
import dev.sallyport.roles.RoleDetails;
import dev.sallyport.roles.RoleService;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All roles and what they hold.
@Dependent
class RolesPanel extends Div {
  @Inject RoleService roles;
  @Inject Actions actions;

  private final Grid<RoleDetails> grid = new Grid<>();
  private Consumer<RoleDetails> holdersAsked = role -> {};

  @PostConstruct
  void build() {
    grid.addColumn(new ComponentRenderer<>(RolesPanel::name))
        .setHeader("Role")
        .setFlexGrow(0)
        .setWidth("19rem");
    grid.addColumn(new ComponentRenderer<>(RolesPanel::permissions))
        .setHeader("Holds")
        .setFlexGrow(1);
    grid.addColumn(new ComponentRenderer<>(this::holders))
        .setHeader("Given to")
        .setFlexGrow(0)
        .setWidth("7rem");
    grid.addColumn(new ComponentRenderer<>(this::buttons))
        .setHeader("")
        .setFlexGrow(0)
        .setWidth("9rem");
    grid.addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    grid.setAllRowsVisible(true);
    grid.getElement().setAttribute("aria-label", "Roles");
    if (may(Permission.AUTH_ROLE_CREATE)) {
      add(bar());
    }
    add(grid);
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
    grid.setItems(roles.list());
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
    Div buttons = new Div();
    buttons.addClassName("sp-row-actions");
    if (may(Permission.AUTH_ROLE_CREATE)) {
      buttons.add(icon(VaadinIcon.COPY, "Copy " + role.name(), () -> open(null, role)));
    }
    if (may(Permission.AUTH_ROLE_EDIT) && !role.system()) {
      buttons.add(icon(VaadinIcon.EDIT, "Change " + role.name(), () -> open(role, role)));
    }
    if (may(Permission.AUTH_ROLE_DELETE) && !role.system()) {
      buttons.add(icon(VaadinIcon.TRASH, "Delete " + role.name(), () -> askToDelete(role)));
    }
    return buttons;
  }

  private static Button icon(VaadinIcon icon, String label, Runnable action) {
    Button button = new Button(icon.create(), click -> action.run());
    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    button.setAriaLabel(label);
    button.setTooltipText(label);
    return button;
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

  private static boolean may(Permission permission) {
    return CallContext.current().actor().may(permission);
  }
}
