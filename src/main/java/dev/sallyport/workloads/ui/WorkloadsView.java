package dev.sallyport.workloads.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.Notices;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import dev.sallyport.console.list.RowButtons;
import dev.sallyport.console.list.Table;
import dev.sallyport.workloads.WorkloadRuleDetails;
import dev.sallyport.workloads.WorkloadRuleService;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All rules for workloads.
@Route("workloads")
@Menu(title = "Workloads", order = 69, icon = "vaadin:cogs")
@RequiresPermission(Permission.AUTH_KEY_LIST)
class WorkloadsView extends View implements BeforeEnterObserver {
  private final WorkloadRuleService rules;
  private final RuleChoices choices;
  private final Actions actions;
  private final Clock clock;

  private final Table<WorkloadRuleDetails> table =
      new Table<>("Rules for workloads", WorkloadRuleDetails::id);

  @Inject
  WorkloadsView(WorkloadRuleService rules, RuleChoices choices, Actions actions, Clock clock) {
    super("Workloads");
    this.rules = rules;
    this.choices = choices;
    this.actions = actions;
    this.clock = clock;
    columns();
    table.setEmptyStateComponent(emptyState());
    add(
        new PageHeader(
                "Workloads",
                "Jobs of a CI system and services of a cluster call the REST API with the tokens"
                    + " that their own issuer gives them. A rule says which tokens, and what they"
                    + " may do: never more than the person who saved it last.")
            .offer(may(Permission.AUTH_KEY_CREATE), newButton()),
        table);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    show();
  }

  private void show() {
    table.show(rules.list());
  }

  private void columns() {
    table.text("Name", "8rem", WorkloadRuleDetails::name);
    table.text("Issuer", "9rem", WorkloadRuleDetails::issuer).setFlexGrow(2);
    table.text("Audience", "7.5rem", WorkloadRuleDetails::audience);
    table.wide("Conditions", "10rem", RuleTexts::conditions).setFlexGrow(3);
    table.wide("Role", "7rem", RuleTexts::role);
    table.narrow("State", "6.5rem", RuleTexts::state);
    table.narrow("Last used", "6rem", rule -> RuleTexts.used(rule, clock.instant()));
    table.narrow("", "6.5rem", this::buttons);
  }

  private Component buttons(WorkloadRuleDetails rule) {
    return new RowButtons()
        .offer(
            may(Permission.AUTH_KEY_CREATE),
            VaadinIcon.EDIT,
            "Change " + rule.name(),
            () -> open(rule))
        .offer(
            may(Permission.AUTH_KEY_DELETE),
            VaadinIcon.TRASH,
            "Delete " + rule.name(),
            () -> askToDelete(rule));
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
    return state.offer(may(Permission.AUTH_KEY_CREATE), newButton());
  }
}
