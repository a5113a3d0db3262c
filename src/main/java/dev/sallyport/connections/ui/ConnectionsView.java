package dev.sallyport.connections.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.connections.accounts.ConnectionDetails;
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
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Everybody's accounts elsewhere that agents use in their names.
@Route("connected-accounts")
@Menu(title = "Connected accounts", order = 20, icon = "vaadin:link")
@RequiresPermission(value = Permission.CONNECTION_READ, scoped = true)
class ConnectionsView extends View {
  private static final int CHUNK = 200;
  private static final int WATCHED_ROWS = 50;

  private final ConnectionService connections;
  private final Actions actions;
  private final LiveUpdates updates;
  private final ConnectionGrid grid;
  private final Span total = new Span();
  private final Button endMatching = new Button("End all that match…", click -> endMatching());
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
    ConnectionActions desk = new ConnectionActions(connections, consents, actions, clock);
    grid =
        new ConnectionGrid(clock)
            .withApp(row -> desk.open(row, rights(), this::refresh))
            .withPerson()
            .withFacts();
    grid.setEmptyStateComponent(empty());
    grid.setDataProvider(
        new CallbackDataProvider<>(this::fetch, this::size, ConnectionDetails::id));
    fillWindow();
    add(header(), new ConnectionFilterBar(this::show), bar(), grid);
    show(filter);
  }

  private static Component header() {
    String lead =
        "Accounts at other services that people lent to their agents. Nobody here sees a token;"
            + " whoever is disconnected signs in again with the next call.";
    boolean maySeeClients =
        CallContext.current().actor().scopeOf(Permission.CONNECTION_READ).isEverything();
    return maySeeClients
        ? new PageHeader(
            "Connected accounts", lead, new RouterLink("OAuth clients", ClientsView.class))
        : new PageHeader("Connected accounts", lead);
  }

  private Component bar() {
    total.addClassName("sp-strong");
    total.getElement().setAttribute("role", "status");
    endMatching.addThemeVariants(ButtonVariant.ERROR, ButtonVariant.TERTIARY);
    Span gap = new Span();
    gap.addClassName("sp-grow");
    Div bar = new Div(total, gap, endMatching);
    bar.addClassName("sp-bar");
    return bar;
  }

  private static Component empty() {
    return new EmptyState(
        VaadinIcon.LINK,
        "No connected account matches",
        "An account stands here once its owner has signed in for an app whose upstreams get the"
            + " person's own token.");
  }

  private static ConnectionActions.Rights rights() {
    Actor actor = CallContext.current().actor();
    return new ConnectionActions.Rights(
        false, actor.may(Permission.CONNECTION_EDIT), actor.may(Permission.CONNECTION_REVOKE));
  }

  private Stream<ConnectionDetails> fetch(Query<ConnectionDetails, Void> query) {
    List<ConnectionDetails> found = new ArrayList<>();
    int end = query.getOffset() + query.getLimit();
    for (int from = query.getOffset(); from < end; from += CHUNK) {
      found.addAll(connections.slice(filter, from, Math.min(CHUNK, end - from)));
    }
    return found.stream();
  }

  private int size(Query<ConnectionDetails, Void> query) {
    return (int) Math.min(connections.count(filter), ConnectionService.MAX_OFFSET);
  }

  private void show(ConnectionFilter wanted) {
    filter = wanted;
    long count = connections.count(wanted);
    total.setText(Count.of(count, "connected account"));
    endMatching.setVisible(
        count > 0 && rights().revoke() && !wanted.equals(ConnectionFilter.all()));
    grid.getDataProvider().refreshAll();
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
