package dev.sallyport.connections.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.connections.accounts.ConnectionDetails;
import dev.sallyport.connections.accounts.ConnectionService;
import dev.sallyport.connections.accounts.ConsentService;
import dev.sallyport.console.Actions;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/// The accounts elsewhere that agents use in the viewer's name.
@Route("my-connected-accounts")
@Menu(title = "My connected accounts", order = 94, icon = "vaadin:link")
@PublicEndpoint("One's own needs no permission; anonymous callers are led to the sign-in page.")
class MyConnectionsView extends View {
  private static final int SHOWN = 200;
  private static final ConnectionActions.Rights EVERYTHING =
      new ConnectionActions.Rights(true, true, true);

  private final ConnectionService connections;
  private final LiveUpdates updates;
  private final ConnectionGrid grid;

  @Inject
  MyConnectionsView(
      ConnectionService connections,
      ConsentService consents,
      Actions actions,
      LiveUpdates updates,
      Clock clock) {
    super("My connected accounts");
    this.connections = connections;
    this.updates = updates;
    ConnectionActions connectionActions =
        new ConnectionActions(connections, consents, actions, clock);
    grid =
        new ConnectionGrid(clock)
            .withApp(row -> connectionActions.open(row, EVERYTHING, this::refresh))
            .withFacts();
    grid.setEmptyStateComponent(
        new EmptyState(
            VaadinIcon.LINK,
            "No connected account",
            "When an agent of yours calls an app that wants your own account there, it gets a link"
                + " to sign in. The account then stands here."));
    add(
        new PageHeader(
            "My connected accounts",
            "Your accounts at other services that agents use in your name. Sallyport keeps their"
                + " tokens encrypted, renews them, and shows them to nobody but the service."),
        grid);
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    refresh();
    updates.follow(this, this::look, grid::show);
  }

  private void refresh() {
    grid.show(look());
  }

  private List<ConnectionDetails> look() {
    return connections.own(null, SHOWN).items();
  }
}
