package dev.sallyport.apps.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppList;
import dev.sallyport.apps.AppService;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Count;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import dev.sallyport.console.list.RowButtons;
import dev.sallyport.console.list.SearchField;
import dev.sallyport.console.list.Table;
import dev.sallyport.console.list.TotalBar;
import dev.sallyport.persistence.Slice;
import jakarta.inject.Inject;

/// All apps.
@Route("apps")
@RouteAlias("app")
@Menu(title = "Apps", order = 30, icon = "vaadin:cubes")
@RequiresPermission(value = Permission.APP_READ, scoped = true)
class AppsView extends View implements BeforeEnterObserver {
  private final AppList list;
  private final AppService apps;
  private final Entrances entrances;
  private final Actions actions;
  private final Table<AppDetails> table = new Table<>("Apps", AppDetails::id);
  private final TotalBar total = new TotalBar();
  private String wanted = "";

  @Inject
  AppsView(AppList list, AppService apps, Entrances entrances, Actions actions) {
    super("Apps");
    this.list = list;
    this.apps = apps;
    this.entrances = entrances;
    this.actions = actions;
    columns();
    table.fetch(
        (offset, limit) -> list.slice(wanted, offset, limit),
        () -> list.count(wanted),
        Slice.DEEPEST);
    table.addItemClickListener(click -> open(click.getItem()));
    fillWindow();
    add(
        new PageHeader(
                "Apps",
                "The MCP servers and HTTP apps that people and agents reach through this gateway.")
            .offer(may(Permission.APP_EDIT), newButton()),
        new SearchField("Name, address or label", "Search apps", this::search),
        total,
        table);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    show();
  }

  private void search(String text) {
    wanted = text;
    show();
  }

  private void show() {
    total.say(Count.of(list.count(wanted), "app"));
    table.setEmptyStateComponent(wanted.isEmpty() ? none() : noMatch());
    table.refresh();
  }

  private void columns() {
    table.wide("Name", "7rem", AppsView::link);
    table.narrow("Kind", "5rem", LabelBadges::kind);
    table.text("Called at", "11rem", AppDetails::url).setFlexGrow(2);
    table.wide("Labels", "8rem", app -> new LabelBadges(app.labels()));
    table.narrow("Upstreams", "6.5rem", AppsView::upstreams);
    if (may(Permission.APP_AUTH_CONFIG_READ)) {
      table.wide("Who may enter", "7.5rem", app -> EntranceList.brief(entrances.of(app.name())));
    }
    table.narrow("Discoverable", "7.5rem", app -> new Span(app.discoverable() ? "Yes" : "No"));
    if (may(Permission.APP_EDIT) || may(Permission.APP_DELETE)) {
      table.narrow("", "6.5rem", this::buttons);
    }
  }

  private static Component link(AppDetails app) {
    RouterLink link = new RouterLink(app.name(), AppView.class, parameters(app));
    link.addClassName("sp-wrap");
    return link;
  }

  static RouteParameters parameters(AppDetails app) {
    return new RouteParameters("name", app.name());
  }

  private void open(AppDetails app) {
    go(AppView.class, parameters(app));
  }

  private static Component upstreams(AppDetails app) {
    Span count = new Span(Count.plain(app.upstreams().size()));
    count.setTitle(
        String.join("\n", app.upstreams().stream().map(u -> u.name() + " " + u.url()).toList()));
    return count;
  }

  private Component buttons(AppDetails app) {
    return new RowButtons()
        .offer(
            may(Permission.APP_EDIT),
            VaadinIcon.EDIT,
            "Change " + app.name(),
            () -> new AppDialog(app, apps, actions, saved -> show()).open())
        .offer(
            may(Permission.APP_DELETE),
            VaadinIcon.TRASH,
            "Delete " + app.name(),
            () -> AppDeletion.ask(app, apps, actions, this::show));
  }

  private static EmptyState noMatch() {
    return new EmptyState(
        VaadinIcon.SEARCH,
        "No app matches",
        "The search looks for its text in names, addresses and labels such as env=prod.");
  }

  private EmptyState none() {
    return new EmptyState(
            VaadinIcon.CUBES,
            "No app is registered yet",
            "An app is an MCP server or an HTTP app behind this gateway. Give it a name, its"
                + " address and labels; trusted issuers choose apps by their labels.")
        .offer(may(Permission.APP_EDIT), newButton());
  }

  private Button newButton() {
    Button button = new Button("Register an app", VaadinIcon.PLUS.create());
    button.addThemeVariants(ButtonVariant.PRIMARY);
    button.addClickListener(click -> new AppDialog(null, apps, actions, this::open).open());
    return button;
  }
}
