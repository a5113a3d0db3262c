package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.selection.MultiSelectionEvent;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.sallyport.appsessions.AppSessionService;
import dev.sallyport.appsessions.SessionDetails;
import dev.sallyport.appsessions.SessionFilter;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/// Who is in, and the way to end it.
@Route("sessions")
@Menu(title = "Live sessions", order = 10, icon = "vaadin:connect")
@RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
class SessionsView extends View implements AfterNavigationObserver {
  private static final int WATCHED_ROWS = 50;

  private final AppSessionService sessions;
  private final LiveUpdates updates;
  private final Clock clock;
  private final SessionEnder ender;
  private final SessionGrid grid;
  private final FilterBar filters = new FilterBar(this::choose);
  private final SessionBar bar;

  @Inject
  SessionsView(AppSessionService sessions, Actions actions, LiveUpdates updates, Clock clock) {
    super("Live sessions");
    this.sessions = sessions;
    this.updates = updates;
    this.clock = clock;
    ender = new SessionEnder(sessions, actions, clock);
    grid = new SessionGrid(sessions, clock, this::open);
    grid.setEmptyStateComponent(empty());
    bar = new SessionBar(grid.chooser(), this::refresh);
    bar.onEndSelected(() -> ender.selected(selected(), this::refresh));
    bar.onEndMatching(() -> ender.matching(grid.filter(), this::refresh));
    letSelect();
    fillWindow();
    add(
        new PageHeader(
            "Live sessions",
            "Everyone whose token was let in, per app and client. Ending a session cuts its streams"
                + " on every node."),
        new SessionTabs(SessionsView.class),
        filters,
        bar,
        grid);
  }

  private void letSelect() {
    if (!SessionEnder.mayEndMany()) {
      grid.setSelectionMode(Grid.SelectionMode.NONE);
      return;
    }
    grid.setSelectionMode(Grid.SelectionMode.MULTI);
    grid.asMultiSelect().addSelectionListener(this::select);
  }

  private void select(MultiSelectionEvent<Grid<SessionDetails>, SessionDetails> clicked) {
    if (clicked.isFromClient()) {
      grid.tick(clicked.getAddedSelection(), clicked.getRemovedSelection());
    }
    bar.select(clicked.getValue().size());
  }

  private static Component empty() {
    return new EmptyState(
        VaadinIcon.CONNECT,
        "No session matches",
        "A session opens with the first call that carries a token which a trusted issuer signed."
            + " Who was turned away is listed under Refusals.");
  }

  private List<SessionDetails> selected() {
    return List.copyOf(grid.getSelectedItems());
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    SessionFilter wanted = FilterQuery.read(event.getLocation().getQueryParameters());
    filters.show(wanted);
    show(wanted);
  }

  private void choose(SessionFilter wanted) {
    Location here = new Location("sessions", FilterQuery.write(wanted));
    UI.getCurrent().getPage().getHistory().replaceState(null, here);
    show(wanted);
  }

  private void show(SessionFilter wanted) {
    grid.show(wanted);
    bar.show(wanted, sessions.count(wanted));
  }

  private void refresh() {
    show(grid.filter());
  }

  private void open(SessionDetails row) {
    SessionDetails session = sessions.get(row.id());
    SessionDialog dialog = new SessionDialog(session, clock.instant());
    if (session.endedAt() == null && SessionEnder.mayEndOne()) {
      dialog.offerEnd(() -> ender.one(session, this::refresh));
    }
    dialog.open();
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    bar.watchVisibility();
    updates.follow(this, this::look, this::changed);
  }

  /// `changes` tells of what lies further down.
  private record Seen(long count, List<SessionDetails> rows, long changes) {}

  private Seen look() {
    SessionFilter filter = grid.filter();
    long count = sessions.count(filter);
    return new Seen(
        count,
        sessions.slice(filter, grid.sort(), 0, WATCHED_ROWS),
        count > WATCHED_ROWS ? updates.changes() : 0);
  }

  private void changed(Seen seen) {
    if (bar.isPaused() || !grid.getSelectedItems().isEmpty()) {
      bar.showWaiting(seen.count());
    } else {
      bar.show(grid.filter(), seen.count());
      grid.refresh();
    }
  }
}
