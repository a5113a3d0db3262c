package dev.sallyport.consolesessions.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Count;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import dev.sallyport.console.list.SearchField;
import dev.sallyport.console.list.TotalBar;
import dev.sallyport.consolesessions.ConsoleSessionDetails;
import dev.sallyport.consolesessions.ConsoleSessionService;
import dev.sallyport.persistence.Page;
import jakarta.inject.Inject;
import java.time.Clock;

/// Everybody who is signed in to the console.
@Route("console-sessions")
@Menu(title = "Console sessions", order = 70, icon = "vaadin:browser")
@RequiresPermission(Permission.AUTH_SESSION_LIST_ALL)
class ConsoleSessionsView extends View {
  private static final int SHOWN = 200;

  private final ConsoleSessionService sessions;
  private final LiveUpdates updates;
  private final SessionGrid grid;
  private final TotalBar total = new TotalBar();
  private volatile String wanted = "";

  @Inject
  ConsoleSessionsView(
      ConsoleSessionService sessions, Actions actions, LiveUpdates updates, Clock clock) {
    super("Console sessions");
    this.sessions = sessions;
    this.updates = updates;
    SessionEnder ender = new SessionEnder(sessions, actions);
    grid = new SessionGrid(clock).withOwner().withFacts();
    if (may(Permission.AUTH_SESSION_REVOKE)) {
      grid.withEnd(session -> ender.one(session, this::refresh));
    }
    grid.setEmptyStateText("Nobody with this name or id is signed in.");
    add(
        new PageHeader(
            "Console sessions",
            "Browsers that are signed in to this console, the latest first. What people and agents"
                + " have open at apps is under Live sessions."),
        new SearchField("Name or id", "Search by who is signed in", this::search),
        total,
        grid);
  }

  private void search(String text) {
    wanted = text;
    refresh();
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    refresh();
    updates.follow(this, this::look, this::show);
  }

  private void refresh() {
    show(look());
  }

  private Page<ConsoleSessionDetails> look() {
    return sessions.all(wanted, null, SHOWN);
  }

  private void show(Page<ConsoleSessionDetails> page) {
    grid.show(page.items());
    String count = Count.of(page.total(), "session");
    total.say(
        page.next() == null ? count : count + "; the latest " + Count.plain(SHOWN) + " are shown");
  }
}
