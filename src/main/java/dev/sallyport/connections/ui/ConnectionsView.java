package dev.sallyport.connections.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.connections.accounts.ConnectionFilter;
import dev.sallyport.connections.accounts.ConnectionService;
import dev.sallyport.connections.accounts.ConsentService;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Count;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.Fields;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.Notices;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import dev.sallyport.console.list.TotalBar;
import dev.sallyport.persistence.Slice;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/// Everybody's accounts elsewhere that agents use in their names.
@Route("connected-accounts")
@Menu(title = "Connected accounts", order = 20, icon = "vaadin:link")
@RequiresPermission(value = Permission.CONNECTION_READ, scoped = true)
class ConnectionsView extends View {
  private static final int WATCHED_ROWS = 50;

  private final ConnectionService connections;
  private final Actions actions;
  private final LiveUpdates updates;
  private final ConnectionGrid grid;
  private final Button endMatching =
      new Button("Disconnect all that match…", click -> endMatching());
  private final TotalBar total = new TotalBar(endMatching);
  private volatile ConnectionFilter filter = ConnectionFilter.all();

  @Inject
  ConnectionsView(
      ConnectionService connections,
      ConsentService consents,
      Actions actions,
      LiveUpdates updates,
      Clock clock) {
    super("Connected accounts");
    this.connections = connections;
    this.actions = actions;
    this.updates = updates;
    ConnectionActions connectionActions =
        new ConnectionActions(connections, consents, actions, clock);
    grid =
        new ConnectionGrid(clock)
            .withApp(row -> connectionActions.open(row, rights(), this::refresh))
            .withPerson()
            .withFacts();
    grid.setEmptyStateComponent(empty());
    grid.fetch(
        (from, limit) -> connections.slice(filter, from, limit),
        () -> connections.count(filter),
        Slice.DEEPEST);
    endMatching.addThemeVariants(ButtonVariant.ERROR, ButtonVariant.TERTIARY);
    fillWindow();
    add(header(), new ConnectionFilterBar(this::show), total, grid);
    show(filter);
  }

  private static Component header() {
    String lead =
        "Accounts at other services that people lent to their agents. Nobody here sees a token;"
            + " whoever is disconnected signs in again with the next call.";
    return new PageHeader("Connected accounts", lead)
        .offer(
            mayEverywhere(Permission.CONNECTION_READ),
            new RouterLink("OAuth clients", ClientsView.class));
  }

  private static Component empty() {
    return new EmptyState(
        VaadinIcon.LINK,
        "No connected account matches",
        "An account stands here once its owner has signed in for an app whose upstreams get the"
            + " person's own token.");
  }

  private static ConnectionActions.Rights rights() {
    return new ConnectionActions.Rights(
        false, may(Permission.CONNECTION_EDIT), may(Permission.CONNECTION_REVOKE));
  }

  private void show(ConnectionFilter wanted) {
    filter = wanted;
    long count = connections.count(wanted);
    total.say(Count.of(count, "connected account"));
    endMatching.setVisible(
        count > 0 && rights().revoke() && !wanted.equals(ConnectionFilter.all()));
    grid.refresh();
  }

  private void refresh() {
    show(filter);
  }

  /// Ends what matches now. The service refuses when more match than the question said.
  private void endMatching() {
    ConnectionFilter wanted = filter;
    long expected = connections.count(wanted);
    Confirm.ask(
        new Confirm.Question(
            "Disconnect all that match?",
            Count.of(expected, "connected account")
                + (expected == 1 ? " matches" : " match")
                + " the filter.",
            List.of(
                "What is live ends, here and at its authorization server.",
                "The next call that needs one leads its owner to the sign-in."),
            "Disconnect all"),
        () -> {
          actions
              .call(() -> connections.endMany(wanted, expected), new Fields())
              .ifPresent(ended -> Notices.success(Count.of(ended, "account") + " disconnected."));
          refresh();
        });
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    updates.follow(this, () -> connections.slice(filter, 0, WATCHED_ROWS), seen -> show(filter));
  }
}
