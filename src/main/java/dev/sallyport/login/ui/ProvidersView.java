package dev.sallyport.login.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Count;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.Status;
import dev.sallyport.console.View;
import dev.sallyport.console.list.Table;
import dev.sallyport.login.GroupMappingDetails;
import dev.sallyport.login.GroupMappingService;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.ProviderService;
import jakarta.inject.Inject;
import java.util.List;

/// All providers that people sign in through.
@Route("sign-in-providers")
@Menu(title = "Sign-in providers", order = 60, icon = "vaadin:sign-in")
@RequiresPermission(Permission.AUTH_OIDC_LIST)
class ProvidersView extends View implements BeforeEnterObserver {
  private final ProviderService providers;
  private final GroupMappingService mappings;

  private final Table<ProviderDetails> table =
      new Table<>("Sign-in providers", ProviderDetails::id);
  private List<GroupMappingDetails> known = List.of();

  @Inject
  ProvidersView(ProviderService providers, GroupMappingService mappings) {
    super("Sign-in providers");
    this.providers = providers;
    this.mappings = mappings;
    table.wide("Name", "8rem", ProvidersView::link);
    table.text("Issuer", "14rem", ProviderDetails::issuer);
    table.text("Client id", "8rem", ProviderDetails::clientId);
    table.wide("Groups", "8rem", this::groups);
    table.narrow("State", "8rem", ProvidersView::state);
    table.addItemClickListener(click -> open(click.getItem().id()));
    table.setEmptyStateComponent(emptyState());
    add(
        new PageHeader(
                "Sign-in providers",
                "OpenID Connect providers whose people may sign in to this console. A change acts"
                    + " at once on every node.")
            .offer(may(Permission.AUTH_OIDC_CREATE), newButton()),
        table);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    known = mappings.list(null);
    table.show(providers.list());
  }

  private static Component link(ProviderDetails provider) {
    return new RouterLink(
        provider.name(), ProviderView.class, new RouteParameters("id", provider.id()));
  }

  private Component groups(ProviderDetails provider) {
    long count = known.stream().filter(m -> m.providerId().equals(provider.id())).count();
    if (count > 0) {
      return new Span(Count.of(count, "group mapping"));
    }
    return provider.selfService()
        ? new Status(Status.Tone.NEUTRAL, "No mapping: own things only")
        : new Status(Status.Tone.WARNING, "No mapping: nobody can enter");
  }

  private static Component state(ProviderDetails provider) {
    return provider.enabled()
        ? new Status(Status.Tone.GOOD, "Enabled")
        : new Status(Status.Tone.OFF, "Disabled");
  }

  private EmptyState emptyState() {
    EmptyState state =
        new EmptyState(
            VaadinIcon.SIGN_IN,
            "No sign-in provider yet",
            "Until there is one, people sign in with API keys. Name the issuer of your identity"
                + " provider and the client that you registered there for this console.");
    return state.offer(may(Permission.AUTH_OIDC_CREATE), newButton());
  }

  private Button newButton() {
    Button button =
        new Button("New provider", VaadinIcon.PLUS.create(), click -> open(ProviderView.NEW));
    button.addThemeVariants(ButtonVariant.PRIMARY);
    return button;
  }

  private void open(String id) {
    go(ProviderView.class, new RouteParameters("id", id));
  }
}
