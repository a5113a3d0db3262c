package dev.sallyport.login.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Notices;
import dev.sallyport.console.PageHeader;
import dev.sallyport.login.GroupMappingDetails;
import dev.sallyport.login.GroupMappingService;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.ProviderService;
import dev.sallyport.login.RecentSignIns;
import dev.sallyport.roles.RoleDirectory;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.util.List;

/// Which groups give which roles, and a place to try that out.
@Route("group-mappings")
@PageTitle("Group mappings")
@Menu(title = "Group mappings", order = 62, icon = "vaadin:group")
@RequiresPermission(Permission.AUTH_OIDC_LIST)
@StyleSheet("context://sp-forms.css")
class MappingsView extends Div implements BeforeEnterObserver {
  @Inject GroupMappingService mappings;
  @Inject ProviderService providers;
  @Inject RecentSignIns recent;
  @Inject RoleDirectory roles;
  @Inject PreviewPanel preview;
  @Inject Actions actions;

  private final Grid<GroupMappingDetails> grid = new Grid<>();
  private final Div warnings = new Div();
  private final Button add = new Button("Add group mapping", VaadinIcon.PLUS.create());
  private List<ProviderDetails> known = List.of();

  @PostConstruct
  void build() {
    addClassName("sp-view");
    grid.addColumn(GroupMappingDetails::group).setHeader("Group").setFlexGrow(2);
    grid.addColumn(mapping -> providerName(mapping.providerId())).setHeader("Provider");
    grid.addColumn(GroupMappingDetails::roleId).setHeader("Role");
    grid.addColumn(mapping -> MappingTexts.scope(mapping.scope())).setHeader("Where");
    grid.addColumn(new ComponentRenderer<>(this::removal))
        .setHeader("")
        .setFlexGrow(0)
        .setWidth("4rem");
    grid.addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    grid.setAllRowsVisible(true);
    add.addThemeVariants(ButtonVariant.PRIMARY);
    add.addClickListener(click -> add());
    boolean mayEdit = ProvidersView.may(Permission.AUTH_OIDC_EDIT);
    add(
        new PageHeader(
            "Group mappings",
            "Who is in a group of a sign-in provider has its roles, as long as the group is in the"
                + " token. A mapping that you remove takes its role away at once.",
            mayEdit ? new Component[] {add} : new Component[] {}),
        warnings,
        grid,
        preview);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    refresh();
  }

  private void refresh() {
    known = providers.list();
    List<GroupMappingDetails> all = mappings.list(null);
    grid.setItems(all);
    grid.setVisible(!all.isEmpty());
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
    if (!ProvidersView.may(Permission.AUTH_OIDC_EDIT)) {
      return new Span();
    }
    Button remove = new Button(VaadinIcon.TRASH.create(), click -> askToRemove(mapping));
    remove.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    String label = "Remove " + mapping.roleId() + " from " + mapping.group();
    remove.setAriaLabel(label);
    remove.setTooltipText(label);
    return remove;
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
