package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import dev.sallyport.appsessions.AppSessionService;
import dev.sallyport.appsessions.SessionDetails;
import dev.sallyport.appsessions.SessionFilter;
import dev.sallyport.appsessions.SessionSort;
import dev.sallyport.console.Count;
import dev.sallyport.console.TimeText;
import dev.sallyport.console.list.ColumnChooser;
import dev.sallyport.console.list.Slices;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The list of sessions, read as far as it is scrolled.
final class SessionGrid extends Grid<SessionDetails> {
  private final AppSessionService sessions;
  private final Clock clock;
  private final ColumnChooser chooser = new ColumnChooser("sessions");
  private final Column<SessionDetails> ended;
  private volatile SessionFilter filter = SessionFilter.live();
  private volatile SessionSort sort = SessionSort.newestFirst();

  SessionGrid(AppSessionService sessions, Clock clock, Consumer<SessionDetails> open) {
    this.sessions = sessions;
    this.clock = clock;
    getElement().setAttribute("aria-label", "Sessions");
    setSizeFull();
    setColumnReorderingAllowed(true);
    addUserColumn(open);
    text("app", "App", SessionDetails::app).setWidth("6.5rem").setSortProperty("app");
    ended = addEndedColumn();
    text("client", "Client", SessionDetails::client).setWidth("6.5rem");
    text("issuer", "Issuer", SessionDetails::issuer).setWidth("7.5rem");
    text("address", "Address", SessionDetails::address).setWidth("6.5rem");
    text("config", "Config", SessionDetails::config).setWidth("6rem");
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
    getDataProvider().refreshAll();
  }

  private void addUserColumn(Consumer<SessionDetails> open) {
    String template =
        "<button class='sp-link' @click=${open} title=${item.subject}>${item.user}</button>";
    addColumn(
            LitRenderer.<SessionDetails>of(template)
                .withProperty("user", SessionDetails::username)
                .withProperty("subject", s -> s.subject() + " at " + s.issuer())
                .withFunction("open", open::accept))
        .setKey("user")
        .setHeader("User")
        .setSortProperty("user")
        .setWidth("10rem")
        .setFlexGrow(2)
        .setResizable(true)
        .setFrozen(true);
  }

  private Column<SessionDetails> text(
      String key, String header, ValueProvider<SessionDetails, String> value) {
    Column<SessionDetails> column =
        addColumn(
                LitRenderer.<SessionDetails>of("<span title=${item.text}>${item.text}</span>")
                    .withProperty("text", s -> Objects.requireNonNullElse(value.apply(s), "–")))
            .setKey(key)
            .setHeader(header)
            .setResizable(true);
    return offer(column, header);
  }

  private Column<SessionDetails> time(
      String key, String header, ValueProvider<SessionDetails, Instant> time) {
    Column<SessionDetails> column =
        addColumn(
                LitRenderer.<SessionDetails>of(
                        "<time datetime=${item.exact} title=${item.exact}>${item.text}</time>")
                    .withProperty("exact", s -> TimeText.exact(time.apply(s)))
                    .withProperty("text", s -> TimeText.relative(time.apply(s), clock.instant())))
            .setKey(key)
            .setHeader(header)
            .setFlexGrow(0)
            .setWidth("5.8rem")
            .setResizable(true);
    return offer(column, header);
  }

  private void addCallsColumn() {
    Column<SessionDetails> calls =
        addColumn(s -> Count.plain(s.calls())).setKey("calls").setHeader("Calls");
    calls.setTextAlign(ColumnTextAlign.END);
    offer(calls.setFlexGrow(0).setWidth("4rem"), "Calls");
  }

  private Column<SessionDetails> addEndedColumn() {
    Column<SessionDetails> column =
        addColumn(
                LitRenderer.<SessionDetails>of("<span title=${item.text}>${item.text}</span>")
                    .withProperty("text", s -> EndTexts.summary(s, clock.instant())))
            .setKey("ended")
            .setHeader("Ended")
            .setWidth("11rem")
            .setResizable(true);
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
    return (int) Math.min(sessions.count(filter), AppSessionService.MAX_OFFSET);
  }
}
