package dev.sallyport.audit.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.sallyport.audit.AuditFilter;
import dev.sallyport.audit.AuditRow;
import dev.sallyport.audit.AuditSearch;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Count;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.TimeText;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who did what, newest first.
@Route("audit")
@PageTitle("Audit · Sallyport")
@Menu(title = "Audit", order = 90, icon = "vaadin:clipboard-text")
@RequiresPermission(Permission.AUDIT_READ)
class AuditView extends Main implements AfterNavigationObserver {
  private static final int CHUNK = 200;

  private final AuditSearch search;
  private final LiveUpdates updates;
  private final Grid<AuditRow> grid = new Grid<>();
  private final AuditFilterBar filters = new AuditFilterBar(this::choose);
  private final Span total = new Span();
  private volatile AuditFilter filter = AuditFilter.all();

  @Inject
  AuditView(AuditSearch search, LiveUpdates updates) {
    this.search = search;
    this.updates = updates;
    total.addClassName("sp-strong");
    total.getElement().setAttribute("role", "status");
    Div bar = new Div(total);
    bar.addClassName("sp-bar");
    addColumns();
    grid.getElement().setAttribute("aria-label", "Audit events");
    grid.setDataProvider(new CallbackDataProvider<>(this::fetch, this::size, AuditRow::id));
    grid.setEmptyStateComponent(
        new EmptyState(
            VaadinIcon.CLIPBOARD_TEXT,
            "No event matches",
            "Every change, sign-in and refusal is written here and stays; take a filter away to see"
                + " more."));
    addClassNames("sp-view", "sp-fill");
    add(
        new PageHeader(
            "Audit", "Who did what, when and from where. Rows can't be changed or deleted."),
        filters,
        bar,
        grid);
  }

  private void addColumns() {
    grid.addColumn(
            LitRenderer.<AuditRow>of("<button class='sp-link' @click=${open}>${item.when}</button>")
                .withProperty("when", row -> when(row))
                .withFunction("open", row -> new AuditDialog(row).open()))
        .setHeader("When (UTC)")
        .setFlexGrow(0)
        .setWidth("10.5rem");
    column("Event", AuditRow::event).setFlexGrow(2);
    column("Actor", row -> row.actor().name());
    column("Resource", AuditView::resource).setFlexGrow(2);
    grid.addComponentColumn(row -> OutcomeText.of(row.outcome()))
        .setHeader("Outcome")
        .setFlexGrow(0)
        .setWidth("7rem");
    column("Reason", AuditRow::reason);
    column("Address", AuditRow::address).setFlexGrow(0);
  }

  private static String when(AuditRow row) {
    return TimeText.exact(row.at()).replace('T', ' ').replace("Z", "");
  }

  private static @Nullable String resource(AuditRow row) {
    AuditRow.What what = row.resource();
    return what == null
        ? null
        : what.kind() + " " + Objects.requireNonNullElse(what.name(), String.valueOf(what.id()));
  }

  private Grid.Column<AuditRow> column(String header, ValueProvider<AuditRow, String> value) {
    return grid.addColumn(
            LitRenderer.<AuditRow>of("<span title=${item.text}>${item.text}</span>")
                .withProperty("text", row -> Objects.requireNonNullElse(value.apply(row), "–")))
        .setHeader(header)
        .setResizable(true);
  }

  private Stream<AuditRow> fetch(Query<AuditRow, Void> query) {
    List<AuditRow> found = new ArrayList<>();
    int end = query.getOffset() + query.getLimit();
    for (int from = query.getOffset(); from < end; from += CHUNK) {
      found.addAll(search.slice(filter, from, Math.min(CHUNK, end - from)));
    }
    return found.stream();
  }

  private int size(Query<AuditRow, Void> query) {
    return (int) Math.min(search.count(filter), AuditSearch.MAX_OFFSET);
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    AuditFilter wanted = AuditAddress.read(event.getLocation().getQueryParameters());
    filters.show(wanted);
    show(wanted);
  }

  private void choose(AuditFilter wanted) {
    Location here = new Location("audit", AuditAddress.write(wanted));
    UI.getCurrent().getPage().getHistory().replaceState(null, here);
    show(wanted);
  }

  private void show(AuditFilter wanted) {
    filter = wanted;
    long count = search.count(wanted);
    total.setText((count == AuditSearch.MAX_COUNT ? "At least " : "") + Count.of(count, "event"));
    grid.getDataProvider().refreshAll();
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    updates.follow(
        this,
        () -> search.slice(filter, 0, 1).stream().map(AuditRow::id).toList(),
        newest -> show(filter));
  }
}
