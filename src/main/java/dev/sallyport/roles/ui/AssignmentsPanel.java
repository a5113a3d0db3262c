package dev.sallyport.roles.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.QueryParameters;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Permission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Count;
import dev.sallyport.console.Notices;
import dev.sallyport.console.ScopeField;
import dev.sallyport.console.View;
import dev.sallyport.console.list.TotalBar;
import dev.sallyport.roles.ActorSearch;
import dev.sallyport.roles.AssignmentDetails;
import dev.sallyport.roles.AssignmentList;
import dev.sallyport.roles.AssignmentService;
import dev.sallyport.roles.RoleDetails;
import dev.sallyport.roles.RoleService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Who has which role.
@Dependent
class AssignmentsPanel extends Div {
  private final AssignmentList list;
  private final AssignmentService assignments;
  private final RoleService roles;
  private final Actions actions;

  private final ActorField who = new ActorField("Who");
  private final ComboBox<RoleDetails> role = new ComboBox<>("Role");
  private final TotalBar total = new TotalBar();
  private final AssignmentGrid grid;

  @Inject
  AssignmentsPanel(
      AssignmentList list,
      AssignmentService assignments,
      RoleService roles,
      Actions actions,
      Clock clock) {
    this.list = list;
    this.assignments = assignments;
    this.roles = roles;
    this.actions = actions;
    who.searchIn(list);
    who.setPlaceholder("anybody");
    role.setPlaceholder("any");
    role.setItemLabelGenerator(RoleDetails::name);
    role.setItems(roles.list());
    who.addValueChangeListener(change -> show());
    role.addValueChangeListener(change -> show());
    for (ComboBox<?> box : List.of(who, role)) {
      box.setClearButtonVisible(true);
    }
    Div filters = new Div(who, role);
    filters.addClassName("sp-toolbar");
    if (View.may(Permission.AUTH_ROLE_ASSIGN)) {
      total.add(giveButton());
    }
    grid = new AssignmentGrid(list, clock, this::askToRevoke);
    addClassName("sp-stack");
    add(filters, total, grid);
    show();
  }

  private Button giveButton() {
    Button give = new Button("Give a role", VaadinIcon.PLUS.create(), click -> give());
    give.addThemeVariants(ButtonVariant.PRIMARY);
    return give;
  }

  private void give() {
    new AssignDialog(list, roles.list(), assignments, actions, this::show)
        .beginWith(who.getValue(), role.getValue())
        .open();
  }

  private void askToRevoke(AssignmentDetails assignment) {
    String name = AssignmentTexts.name(assignment);
    Confirm.ask(
        new Confirm.Question(
            "Revoke “" + assignment.roleName() + "” of " + name + "?",
            "Where: " + ScopeField.text(assignment.scope()) + ".",
            List.of(
                "It holds no more from the next call on, on every node.",
                "What " + name + " has from other assignments stays."),
            "Revoke"),
        () -> {
          if (actions.change(() -> assignments.revoke(assignment.id()))) {
            Notices.success("“" + assignment.roleName() + "” of " + name + " revoked.");
            show();
          }
        });
  }

  /// Takes the filter from the address; answers whether it had one.
  boolean read(QueryParameters wanted) {
    wanted
        .getSingleParameter("role")
        .flatMap(id -> roles.list().stream().filter(r -> r.id().equals(id)).findFirst())
        .ifPresent(this::showHoldersOf);
    Optional<ActorSearch.Found> actor =
        wanted
            .getSingleParameter("kind")
            .flatMap(AssignmentsPanel::kind)
            .flatMap(
                kind -> wanted.getSingleParameter("actor").flatMap(id -> list.actor(kind, id)));
    actor.ifPresent(who::setValue);
    return actor.isPresent() || role.getValue() != null;
  }

  private static Optional<ActorKind> kind(String code) {
    return Arrays.stream(ActorKind.values()).filter(kind -> kind.code().equals(code)).findFirst();
  }

  void showHoldersOf(RoleDetails wanted) {
    who.clear();
    List<RoleDetails> now = roles.list();
    role.setItems(now);
    now.stream().filter(r -> r.id().equals(wanted.id())).findFirst().ifPresent(role::setValue);
  }

  private AssignmentList.Filter filter() {
    ActorSearch.Found actor = who.getValue();
    RoleDetails chosen = role.getValue();
    return new AssignmentList.Filter(
        actor == null ? null : actor.kind().code(),
        actor == null ? null : actor.id(),
        chosen == null ? null : chosen.id());
  }

  private void show() {
    total.say(Count.of(list.count(filter()), "assignment"));
    grid.show(filter());
  }
}
