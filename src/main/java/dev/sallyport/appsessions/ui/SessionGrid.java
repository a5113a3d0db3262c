package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.function.ValueProvider;
import dev.sallyport.appsessions.AppSessionService;
import dev.sallyport.appsessions.SessionDetails;
import dev.sallyport.appsessions.SessionFilter;
import dev.sallyport.appsessions.SessionSort;
import dev.sallyport.console.Count;
import dev.sallyport.console.list.ColumnChooser;
import dev.sallyport.console.list.RowLink;
import dev.sallyport.console.list.Slices;
import dev.sallyport.console.list.Table;
import dev.sallyport.persistence.Slice;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The list of sessions, read as far as it is scrolled.
final class SessionGrid extends Table<SessionDetails> {
  private final AppSessionService sessions;
  private final Clock clock;
  private final ColumnChooser chooser = new ColumnChooser("sessions");
  private final Column<SessionDetails> ended;
  private volatile SessionFilter filter = SessionFilter.live();
  private volatile SessionSort sort = SessionSort.newestFirst();

  SessionGrid(AppSessionService sessions, Clock clock, Consumer<SessionDetails> open) {
    super("Sessions", SessionDetails::id);
    this.sessions = sessions;
    this.clock = clock;
    setSizeFull();
    setColumnReorderingAllowed(true);
    addUserColumn(open);
    fact("app", "App", SessionDetails::app).setWidth("6.5rem").setSortProperty("app");
    ended = addEndedColumn();
    fact("client", "Client", SessionDetails::client).setWidth("6.5rem");
    fact("issuer", "Issuer", SessionDetails::issuer).setWidth("7.5rem");
    fact("address", "Address", SessionDetails::address).setWidth("6.5rem");
    fact("config", "Config", SessionDetails::config).setWidth("6rem");
    Column<SessionDetails> started = time("startedAt", "Started", SessionDetails::startedAt);
    started.setSortProperty("startedAt");
    time("lastSeenAt", "Last seen", SessionDetails::lastSeenAt);
    addCallsColumn();
    time("expiresAt", "Expires", SessionDetails::expiresAt).setSortProperty("expiresAt");
    getColumnByKey("config").setVisible(false);
    sort(GridSortOrder.desc(started).build());
    setDataProvider(new CallbackDataProvider<>(this::fetch, this::size, SessionDetails::id));
  }

  ColumnChooser chooser() {
    return chooser;
  }

  SessionFilter filter() {
    return filter;
  }

  SessionSort sort() {
    return sort;
  }

  void show(SessionFilter wanted) {
    filter = wanted;
    ended.setVisible(wanted.state() != SessionFilter.State.LIVE);
    deselectAll();
    refresh();
  }

  /// Tells the browser once more what was clicked: rows that were on their way to it meanwhile have
  /// set it back.
  void tick(Set<SessionDetails> added, Set<SessionDetails> removed) {
    asMultiSelect().updateSelection(removed, added);
    asMultiSelect().updateSelection(added, removed);
  }

  private void addUserColumn(Consumer<SessionDetails> open) {
    link("User", new RowLink<>(SessionDetails::username, SessionGrid::identity, open::accept))
        .setKey("user")
        .setSortProperty("user")
        .setWidth("10rem")
        .setFlexGrow(2)
        .setFrozen(true);
  }

  private static String identity(SessionDetails session) {
    return session.subject() + " at " + session.issuer();
  }

  private Column<SessionDetails> fact(
      String key, String header, ValueProvider<SessionDetails, @Nullable String> value) {
    return offer(line(header, value).setKey(key), header);
  }

  private Column<SessionDetails> time(
      String key, String header, ValueProvider<SessionDetails, Instant> time) {
    return offer(time(header, "5.8rem", clock, time).setKey(key).setResizable(true), header);
  }

  private void addCallsColumn() {
    Column<SessionDetails> calls =
        addColumn(s -> Count.plain(s.calls())).setKey("calls").setHeader("Calls");
    calls.setTextAlign(ColumnTextAlign.END);
    offer(calls.setFlexGrow(0).setWidth("4rem"), "Calls");
  }

  private Column<SessionDetails> addEndedColumn() {
    Column<SessionDetails> column =
        line("Ended", session -> EndTexts.summary(session, clock.instant()))
            .setKey("ended")
            .setWidth("11rem");
    column.setVisible(false);
    return column;
  }

  private Column<SessionDetails> offer(Column<SessionDetails> column, String title) {
    chooser.offer(column, title);
    return column;
  }

  private Stream<SessionDetails> fetch(Query<SessionDetails, Void> query) {
    sort = sort(query);
    return Slices.fetch(query, (from, limit) -> sessions.slice(filter, sort, from, limit));
  }

  private static SessionSort sort(Query<SessionDetails, Void> query) {
    return query.getSortOrders().stream()
        .findFirst()
        .map(o -> SessionSort.parse((isDescending(o.getDirection()) ? "-" : "") + o.getSorted()))
        .orElseGet(SessionSort::newestFirst);
  }

  private static boolean isDescending(SortDirection direction) {
    return direction == SortDirection.DESCENDING;
  }

  private int size(Query<SessionDetails, Void> query) {
    return (int) Math.min(sessions.count(filter), Slice.DEEPEST);
  }
}
