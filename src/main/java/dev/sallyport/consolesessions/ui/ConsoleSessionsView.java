package dev.sallyport.consolesessions.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Count;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.PageHeader;
import dev.sallyport.consolesessions.ConsoleSessionDetails;
import dev.sallyport.consolesessions.ConsoleSessionService;
import dev.sallyport.persistence.Page;
import jakarta.inject.Inject;
import java.time.Clock;

/// Everybody who is signed in to the console.
@Route("console-sessions")
@PageTitle("Console sessions · Sallyport")
@Menu(title = "Console sessions", order = 70, icon = "vaadin:browser")
@StyleSheet("context://sp-forms.css")
@RequiresPermission(Permission.AUTH_SESSION_LIST_ALL)
class ConsoleSessionsView extends Main {
  private static final int SHOWN = 200;

  private final ConsoleSessionService sessions;
  private final LiveUpdates updates;
  private final SessionGrid grid;
  private final TextField search = new TextField();
  private final Span total = new Span();
  private volatile String wanted = "";

  @Inject
  ConsoleSessionsView(
      ConsoleSessionService sessions, Actions actions, LiveUpdates updates, Clock clock) {
    this.sessions = sessions;
    this.updates = updates;
    SessionEnder ender = new SessionEnder(sessions, actions);
    grid = new SessionGrid(clock).withOwner().withFacts();
    if (CallContext.current().actor().may(Permission.AUTH_SESSION_REVOKE)) {
      grid.withEnd(session -> ender.one(session, this::refresh));
    }
    grid.setEmptyStateText("Nobody with this name or id is signed in.");
    total.addClassName("sp-strong");
    total.getElement().setAttribute("role", "status");
    Div bar = new Div(total);
    bar.addClassName("sp-bar");
    addClassName("sp-view");
    add(
        new PageHeader(
            "Console sessions",
            "Browsers that are signed in to this console, the latest first. What people and agents"
                + " have open at apps is under Live sessions."),
        searchField(),
        bar,
        grid);
  }

  private Div searchField() {
    search.setPlaceholder("Name or id");
    search.setAriaLabel("Search by who is signed in");
    search.setPrefixComponent(VaadinIcon.SEARCH.create());
    search.setClearButtonVisible(true);
    search.setWidth("24rem");
    search.setMaxWidth("100%");
    search.setValueChangeMode(ValueChangeMode.LAZY);
    search.addValueChangeListener(
        change -> {
          wanted = search.getValue().strip();
          refresh();
        });
    return new Div(search);
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
    grid.setItems(page.items());
    String count = Count.of(page.total(), "session");
    total.setText(
        page.next() == null ? count : count + "; the latest " + Count.plain(SHOWN) + " are shown");
  }
}
