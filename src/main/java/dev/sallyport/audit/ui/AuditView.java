package dev.sallyport.audit.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.sallyport.audit.AuditFilter;
import dev.sallyport.audit.AuditRow;
import dev.sallyport.audit.AuditSearch;
import dev.sallyport.audit.SavedFilters;
import dev.sallyport.audit.seal.ChainVerifier;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Count;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import dev.sallyport.console.list.TotalBar;
import dev.sallyport.persistence.Slice;
import jakarta.inject.Inject;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Who did what, newest first.
@Route("audit")
@Menu(title = "Audit", order = 25, icon = "vaadin:clipboard-text")
@RequiresPermission(value = Permission.AUDIT_READ, scoped = true)
class AuditView extends View implements AfterNavigationObserver {
  private final AuditSearch search;
  private final LiveUpdates updates;
  private final AuditGrid grid;
  private final Clock clock;
  private final AuditFilterBar filters;
  private final @Nullable ChainBadge chain;
  private final TotalBar total;
  private volatile AuditFilter filter = AuditFilter.all();

  @Inject
  AuditView(
      AuditSearch search,
      SavedFilters saved,
      ChainVerifier verifier,
      Actions actions,
      LiveUpdates updates,
      Clock clock) {
    super("Audit");
    this.search = search;
    this.updates = updates;
    this.clock = clock;
    grid = new AuditGrid(row -> new AuditDialog(row, clock.instant()).open());
    SavedFilterMenu menu = new SavedFilterMenu(saved, actions, () -> filter, this::apply);
    filters = new AuditFilterBar(this::choose, menu);
    // The chain is about the whole audit: whoever sees a part of it can't tell.
    chain = mayEverywhere(Permission.AUDIT_READ) ? new ChainBadge(verifier, actions) : null;
    total = chain == null ? new TotalBar() : new TotalBar(chain);
    readAudit();
    fillWindow();
    add(header(), filters, total, grid);
  }

  private void readAudit() {
    grid.setEmptyStateComponent(
        new EmptyState(
            VaadinIcon.CLIPBOARD_TEXT,
            "No event matches",
            "Every change, sign-in and refusal is written here and stays; take a filter away to see"
                + " more."));
    grid.fetch(
        (from, limit) -> search.slice(filter, from, limit),
        () -> search.count(filter),
        Slice.DEEPEST);
  }

  private Component header() {
    Button export = new Button("Export…", VaadinIcon.DOWNLOAD.create());
    export.addClickListener(click -> new ExportDialog(filter, clock.instant()).open());
    return new PageHeader(
            "Audit", "Who did what, when and from where. Rows can't be changed or deleted.")
        .offer(may(Permission.AUDIT_EXPORT), export);
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

  private void apply(AuditFilter wanted) {
    filters.show(wanted);
    choose(wanted);
  }

  private void show(AuditFilter wanted) {
    filter = wanted;
    if (chain != null) {
      chain.refresh();
    }
    long count = search.count(wanted);
    total.say((count == AuditSearch.MAX_COUNT ? "At least " : "") + Count.of(count, "event"));
    grid.refresh();
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    updates.follow(
        this,
        () -> search.slice(filter, 0, 1).stream().map(AuditRow::id).toList(),
        newest -> show(filter));
  }
}
