package dev.sallyport.login.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Notices;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.ScopeField;
import dev.sallyport.console.View;
import dev.sallyport.console.list.RowButtons;
import dev.sallyport.console.list.Table;
import dev.sallyport.login.GroupMappingDetails;
import dev.sallyport.login.GroupMappingService;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.ProviderService;
import dev.sallyport.login.RecentSignIns;
import dev.sallyport.roles.RoleDirectory;
import jakarta.inject.Inject;
import java.util.List;

/// Which groups give which roles, and a place to try that out.
@Route("group-mappings")
@Menu(title = "Group mappings", order = 62, icon = "vaadin:group")
@RequiresPermission(Permission.AUTH_OIDC_LIST)
class MappingsView extends View implements BeforeEnterObserver {
  private final GroupMappingService mappings;
  private final ProviderService providers;
  private final RecentSignIns recent;
  private final RoleDirectory roles;
  private final PreviewPanel preview;
  private final Actions actions;

  private final Table<GroupMappingDetails> table =
      new Table<>("Group mappings", GroupMappingDetails::id);
  private final Div warnings = new Div();
  private final Button add = new Button("Add group mapping", VaadinIcon.PLUS.create());
  private List<ProviderDetails> known = List.of();

  @Inject
  MappingsView(
      GroupMappingService mappings,
      ProviderService providers,
      RecentSignIns recent,
      RoleDirectory roles,
      PreviewPanel preview,
      Actions actions) {
    super("Group mappings");
    this.mappings = mappings;
    this.providers = providers;
    this.recent = recent;
    this.roles = roles;
    this.preview = preview;
    this.actions = actions;
    table.text("Group", "8rem", GroupMappingDetails::group).setFlexGrow(2);
    table.text("Provider", "7rem", mapping -> providerName(mapping.providerId()));
    table.text("Role", "7rem", GroupMappingDetails::roleId);
    table.text("Where", "8rem", mapping -> ScopeField.text(mapping.scope()));
    table.narrow("", "4rem", this::removal);
    add.addThemeVariants(ButtonVariant.PRIMARY);
    add.addClickListener(click -> add());
    add(
        new PageHeader(
                "Group mappings",
                "Who is in a group of a sign-in provider has its roles, as long as the group is in"
                    + " the token. A mapping that you remove takes its role away at once.")
            .offer(may(Permission.AUTH_OIDC_EDIT), add),
        warnings,
        table,
        preview);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    refresh();
  }

  private void refresh() {
    known = providers.list();
    List<GroupMappingDetails> all = mappings.list(null);
    table.show(all);
    table.setVisible(!all.isEmpty());
    add.setEnabled(!known.isEmpty());
    preview.offer(known);
    preview.setVisible(!known.isEmpty());
    warnings.removeAll();
    if (known.isEmpty()) {
      warn("There is no sign-in provider yet. Add one first; then map its groups here.");
    }
    List<ProviderDetails> bare =
        known.stream()
            .filter(provider -> all.stream().noneMatch(m -> m.providerId().equals(provider.id())))
            .toList();
    warnOf(bare, false, " without a mapping: nobody can sign in with it.");
    warnOf(bare, true, " without a mapping: its people see nothing but their own things.");
  }

  private void warnOf(List<ProviderDetails> bare, boolean selfService, String sentence) {
    List<String> names =
        bare.stream()
            .filter(provider -> provider.selfService() == selfService)
            .map(ProviderDetails::name)
            .toList();
    if (!names.isEmpty()) {
      warn(String.join(", ", names) + sentence);
    }
  }

  private void warn(String sentence) {
    Div caution = new Div(VaadinIcon.WARNING.create(), new Span(sentence));
    caution.addClassName("sp-caution");
    warnings.add(caution);
  }

  private String providerName(String id) {
    return known.stream()
        .filter(provider -> provider.id().equals(id))
        .map(ProviderDetails::name)
        .findFirst()
        .orElse("–");
  }

  private void add() {
    List<String> seen =
        known.stream()
            .flatMap(provider -> recent.of(provider.id()).stream())
            .flatMap(signIn -> signIn.groups().stream())
            .distinct()
            .sorted()
            .toList();
    new MappingDialog(known, roles.ids()).offering(seen).openFor(mappings, actions, this::refresh);
  }

  private Component removal(GroupMappingDetails mapping) {
    return new RowButtons()
        .offer(
            may(Permission.AUTH_OIDC_EDIT),
            VaadinIcon.TRASH,
            "Remove " + mapping.roleId() + " from " + mapping.group(),
            () -> askToRemove(mapping));
  }

  private void askToRemove(GroupMappingDetails mapping) {
    Confirm.ask(
        new Confirm.Question(
            "Remove this mapping?",
            mapping.group() + " no longer gives " + MappingTexts.role(mapping) + ".",
            List.of("Everybody who has the role through this group loses it now."),
            "Remove"),
        () -> {
          if (actions.change(() -> mappings.delete(mapping.id()))) {
            Notices.success("Mapping removed.");
            refresh();
          }
        });
  }
}
