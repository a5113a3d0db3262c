package dev.sallyport.connections.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.connections.clients.ClientDetails;
import dev.sallyport.connections.clients.ClientService;
import dev.sallyport.connections.clients.ReturnAddresses;
import dev.sallyport.console.Actions;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import dev.sallyport.console.list.Table;
import jakarta.inject.Inject;

/// This gateway's clients at the authorization servers of remote apps.
@Route("connected-accounts/clients")
@RequiresPermission(Permission.CONNECTION_READ)
class ClientsView extends View implements BeforeEnterObserver {
  private final ClientService clients;
  private final ReturnAddresses addresses;
  private final Actions actions;

  private final Table<ClientDetails> table = new Table<>("OAuth clients", ClientDetails::id);

  @Inject
  ClientsView(ClientService clients, ReturnAddresses addresses, Actions actions) {
    super("OAuth clients");
    this.clients = clients;
    this.addresses = addresses;
    this.actions = actions;
    table.text("Authorization server", "9rem", ClientDetails::issuer);
    table.wide("Client id", "9rem", this::link);
    table.text("How it came about", "9rem", c -> ClientTexts.origin(c.kind()));
    table.text("Proves itself by", "9rem", c -> ClientTexts.authentication(c.authentication()));
    table.setEmptyStateComponent(emptyState());
    add(
        new RouterLink("← Connected accounts", ConnectionsView.class),
        new PageHeader(
                "OAuth clients",
                "Who this gateway is at the authorization servers of remote apps. Add a client"
                    + " where a server knows neither self-describing clients nor"
                    + " self-registration.")
            .offer(mayEdit(), newButton()),
        table);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    show();
  }

  private void show() {
    table.show(clients.list());
  }

  private Component link(ClientDetails client) {
    if (!mayEdit()) {
      return Table.wrapped(client.clientId());
    }
    NativeButton open =
        new NativeButton(client.clientId(), click -> open(new ClientDialog(client)));
    open.addClassNames("sp-link", "sp-wrap");
    return open;
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
    return mayEverywhere(Permission.CONNECTION_EDIT);
  }
}
