package dev.sallyport.connections.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.function.SerializableFunction;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.connections.clients.ClientDetails;
import dev.sallyport.connections.clients.ClientService;
import dev.sallyport.connections.clients.ReturnAddresses;
import dev.sallyport.console.Actions;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.PageHeader;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.util.List;

/// This gateway's clients at the authorization servers of remote apps.
@Route("connected-accounts/clients")
@PageTitle("OAuth clients")
@RequiresPermission(Permission.CONNECTION_READ)
@StyleSheet("context://sp-forms.css")
class ClientsView extends Div implements BeforeEnterObserver {
  @Inject ClientService clients;
  @Inject ReturnAddresses addresses;
  @Inject Actions actions;

  private final Grid<ClientDetails> grid = new Grid<>();
  private final Div empty = new Div();

  @PostConstruct
  void build() {
    addClassName("sp-view");
    column("Authorization server", c -> wrapped(c.issuer()));
    column("Client id", this::link);
    column("How it came about", c -> wrapped(ClientTexts.origin(c.kind())));
    column("Proves itself by", c -> wrapped(ClientTexts.authentication(c.authentication())));
    grid.addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    grid.setAllRowsVisible(true);
    empty.add(emptyState());
    add(
        new PageHeader(
            "OAuth clients",
            "Who this gateway is at the authorization servers of remote apps. Add a client where a"
                + " server knows neither self-describing clients nor self-registration.",
            mayEdit() ? new Component[] {newButton()} : new Component[] {}),
        grid,
        empty);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    show();
  }

  private void show() {
    List<ClientDetails> all = clients.list();
    grid.setItems(all);
    grid.setVisible(!all.isEmpty());
    empty.setVisible(all.isEmpty());
  }

  private void column(String header, SerializableFunction<ClientDetails, Component> cell) {
    grid.addColumn(new ComponentRenderer<>(cell)).setHeader(header).setFlexGrow(1);
  }

  private Component link(ClientDetails client) {
    if (!mayEdit()) {
      return wrapped(client.clientId());
    }
    NativeButton open =
        new NativeButton(client.clientId(), click -> open(new ClientDialog(client)));
    open.addClassNames("sp-link", "sp-wrap");
    return open;
  }

  private static Component wrapped(String text) {
    Span span = new Span(text);
    span.addClassName("sp-wrap");
    return span;
  }

  private EmptyState emptyState() {
    return new EmptyState(
        VaadinIcon.CONNECT,
        "No client yet",
        "Most authorization servers need none: Sallyport describes or registers itself. Connect,"
            + " on an app's upstream credential, says whether its server does.");
  }

  private Button newButton() {
    Button button =
        new Button("New client", VaadinIcon.PLUS.create(), click -> open(new ClientDialog(null)));
    button.addThemeVariants(ButtonVariant.PRIMARY);
    return button;
  }

  private void open(ClientDialog dialog) {
    dialog.showing(addresses).openFor(clients, actions, this::show);
  }

  private static boolean mayEdit() {
    return CallContext.current().actor().scopeOf(Permission.CONNECTION_EDIT).isEverything();
  }
}
