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
import com.vaadin.flow.function.SerializableFunction;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.Status;
import dev.sallyport.login.GroupMappingDetails;
import dev.sallyport.login.GroupMappingService;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.ProviderService;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.util.List;

/// All providers that people sign in through.
@Route("sign-in-providers")
@PageTitle("Sign-in providers")
@Menu(title = "Sign-in providers", order = 60, icon = "vaadin:sign-in")
@RequiresPermission(Permission.AUTH_OIDC_LIST)
@StyleSheet("context://sp-forms.css")
class ProvidersView extends Div implements BeforeEnterObserver {
  @Inject ProviderService providers;
  @Inject GroupMappingService mappings;

  private final Grid<ProviderDetails> grid = new Grid<>();
  private final Div empty = new Div();
  private List<GroupMappingDetails> known = List.of();

  @PostConstruct
  void build() {
    addClassName("sp-view");
    column("Name", "8rem", ProvidersView::link);
    column("Issuer", "14rem", p -> wrapped(p.issuer()));
    column("Client id", "8rem", p -> wrapped(p.clientId()));
    column("Groups", "8rem", this::groups);
    column("State", "8rem", ProvidersView::state).setFlexGrow(0);
    grid.addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    grid.setAllRowsVisible(true);
    grid.addItemClickListener(click -> open(click.getItem().id()));
    empty.add(emptyState());
    Component[] actions = may(Permission.AUTH_OIDC_CREATE) ? new Component[] {newButton()} : none();
    add(
        new PageHeader(
            "Sign-in providers",
            "OpenID Connect providers whose people may sign in to this console. A change acts at"
                + " once on every node.",
            actions),
        grid,
        empty);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    List<ProviderDetails> all = providers.list();
    known = mappings.list(null);
    grid.setItems(all);
    grid.setVisible(!all.isEmpty());
    empty.setVisible(all.isEmpty());
  }

  private Grid.Column<ProviderDetails> column(
      String header, String least, SerializableFunction<ProviderDetails, Component> cell) {
    return grid.addColumn(new ComponentRenderer<>(cell))
        .setHeader(header)
        .setFlexGrow(1)
        .setWidth(least);
  }

  private static Component link(ProviderDetails provider) {
    return new RouterLink(
        provider.name(), ProviderView.class, new RouteParameters("id", provider.id()));
  }

  private static Component wrapped(String text) {
    Span span = new Span(text);
    span.addClassName("sp-wrap");
    return span;
  }

  private Component groups(ProviderDetails provider) {
    long count = known.stream().filter(m -> m.providerId().equals(provider.id())).count();
    if (count > 0) {
      return new Span(count == 1 ? "1 group mapping" : count + " group mappings");
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
    return may(Permission.AUTH_OIDC_CREATE) ? state.withAction(newButton()) : state;
  }

  private Button newButton() {
    Button button =
        new Button("New provider", VaadinIcon.PLUS.create(), click -> open(ProviderView.NEW));
    button.addThemeVariants(ButtonVariant.PRIMARY);
    return button;
  }

  private void open(String id) {
    getUI().ifPresent(ui -> ui.navigate(ProviderView.class, new RouteParameters("id", id)));
  }

  private static Component[] none() {
    return new Component[] {};
  }

  static boolean may(Permission permission) {
    return CallContext.current().actor().may(permission);
  }
}
