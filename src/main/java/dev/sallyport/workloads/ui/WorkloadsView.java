package dev.sallyport.workloads.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.function.SerializableFunction;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.Notices;
import dev.sallyport.console.PageHeader;
import dev.sallyport.workloads.WorkloadRuleDetails;
import dev.sallyport.workloads.WorkloadRuleService;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All rules for workloads.
@Route("workloads")
@PageTitle("Workloads · Sallyport")
@Menu(title = "Workloads", order = 69, icon = "vaadin:cogs")
@RequiresPermission(Permission.AUTH_KEY_LIST)
@StyleSheet("context://sp-forms.css")
class WorkloadsView extends Div implements BeforeEnterObserver {
  @Inject WorkloadRuleService rules;
  @Inject RuleChoices choices;
  @Inject Actions actions;
  @Inject Clock clock;

  private final Grid<WorkloadRuleDetails> grid = new Grid<>();
  private final Div empty = new Div();

  @PostConstruct
  void build() {
    addClassName("sp-view");
    columns();
    empty.add(emptyState());
    add(
        new PageHeader(
            "Workloads",
            "Jobs of a CI system and services of a cluster call the REST API with the tokens that"
                + " their own issuer gives them. A rule says which tokens, and what they may do:"
                + " never more than the person who saved it last.",
            may(Permission.AUTH_KEY_CREATE) ? new Component[] {newButton()} : new Component[] {}),
        grid,
        empty);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    show();
  }

  private void show() {
    List<WorkloadRuleDetails> all = rules.list();
    grid.setItems(all);
    grid.setVisible(!all.isEmpty());
    empty.setVisible(all.isEmpty());
  }

  private void columns() {
    column("Name", "8rem", rule -> RuleTexts.wrapped(rule.name())).setFlexGrow(1);
    column("Issuer", "9rem", rule -> RuleTexts.wrapped(rule.issuer())).setFlexGrow(2);
    column("Audience", "7.5rem", rule -> RuleTexts.wrapped(rule.audience())).setFlexGrow(1);
    column("Conditions", "10rem", RuleTexts::conditions).setFlexGrow(3);
    column("Role", "7rem", RuleTexts::role).setFlexGrow(1);
    column("State", "6.5rem", RuleTexts::state);
    column("Last used", "6rem", rule -> RuleTexts.used(rule, clock.instant()));
    column("", "6.5rem", this::buttons);
    grid.addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    grid.getElement().setAttribute("aria-label", "Rules for workloads");
    grid.setAllRowsVisible(true);
  }

  private Grid.Column<WorkloadRuleDetails> column(
      String header, String width, SerializableFunction<WorkloadRuleDetails, Component> cell) {
    return grid.addColumn(new ComponentRenderer<>(cell))
        .setHeader(header)
        .setFlexGrow(0)
        .setWidth(width);
  }

  private Component buttons(WorkloadRuleDetails rule) {
    Div buttons = new Div();
    buttons.addClassName("sp-row-actions");
    if (may(Permission.AUTH_KEY_CREATE)) {
      buttons.add(button(VaadinIcon.EDIT, "Change " + rule.name(), () -> open(rule)));
    }
    if (may(Permission.AUTH_KEY_DELETE)) {
      buttons.add(button(VaadinIcon.TRASH, "Delete " + rule.name(), () -> askToDelete(rule)));
    }
    return buttons;
  }

  private static Button button(VaadinIcon icon, String label, Runnable action) {
    Button button = new Button(icon.create(), click -> action.run());
    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    button.setAriaLabel(label);
    button.setTooltipText(label);
    return button;
  }

  private Button newButton() {
    Button button = new Button("New rule", VaadinIcon.PLUS.create(), click -> open(null));
    button.addThemeVariants(ButtonVariant.PRIMARY);
    return button;
  }

  private void open(@Nullable WorkloadRuleDetails rule) {
    new RuleDialog(rule, choices, this::save).open();
  }

  private boolean save(RuleDialog.Draft draft) {
    WorkloadRuleDetails before = draft.before();
    boolean isSaved =
        actions.change(
            () -> {
              if (before == null) {
                rules.create(draft.input());
              } else {
                rules.update(before.id(), before.revision(), draft.input());
              }
            },
            draft.fields());
    if (isSaved) {
      Notices.success(before == null ? "Rule made." : "Rule changed.");
      show();
    }
    return isSaved;
  }

  private void askToDelete(WorkloadRuleDetails rule) {
    Confirm.ask(
        new Confirm.Question(
            "Delete “" + rule.name() + "”?",
            "Workloads that came in by it are refused from the next call on.",
            List.of("The issuer and its keys stay known; history and audit stay."),
            "Delete"),
        () -> {
          if (actions.change(() -> rules.delete(rule.id(), rule.revision()))) {
            Notices.success("“" + rule.name() + "” deleted.");
            show();
          }
        });
  }

  private EmptyState emptyState() {
    EmptyState state =
        new EmptyState(
            VaadinIcon.COGS,
            "No workload may call yet",
            "Register the issuer of your CI system or cluster at Trusted issuers, then say which of"
                + " its tokens may come in. Nobody has to store a key there.");
    return may(Permission.AUTH_KEY_CREATE) ? state.withAction(newButton()) : state;
  }

  private static boolean may(Permission permission) {
    return CallContext.current().actor().may(permission);
  }
}
