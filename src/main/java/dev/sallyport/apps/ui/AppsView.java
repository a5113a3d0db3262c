package dev.sallyport.apps.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.function.SerializableFunction;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppService;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.PageHeader;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;

/// All apps.
@Route("apps")
@PageTitle("Apps")
@Menu(title = "Apps", order = 30, icon = "vaadin:cubes")
@RequiresPermission(value = Permission.APP_READ, scoped = true)
@StyleSheet("context://sp-forms.css")
class AppsView extends Div implements BeforeEnterObserver {
  @Inject AppService apps;
  @Inject Entrances entrances;
  @Inject Actions actions;

  private final Grid<AppDetails> grid = new Grid<>();
  private final TextField search = new TextField();
  private final Div list = new Div(search, grid);
  private final Div empty = new Div();

  @PostConstruct
  void build() {
    addClassName("sp-view");
    columns();
    search.setPlaceholder("Name, address or label");
    search.setAriaLabel("Search apps");
    search.setPrefixComponent(VaadinIcon.SEARCH.create());
    search.setClearButtonVisible(true);
    search.setWidth("24rem");
    search.addClassName("sp-search");
    search.setValueChangeMode(ValueChangeMode.LAZY);
    search.addValueChangeListener(change -> show());
    empty.add(emptyState());
    PageHeader header =
        new PageHeader(
            "Apps",
            "The MCP servers and HTTP apps that people and agents reach through this gateway.",
            may(Permission.APP_EDIT) ? new Component[] {newButton()} : new Component[] {});
    add(header, list, empty);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    show();
  }

  private void show() {
    List<AppDetails> all = apps.list();
    String wanted = search.getValue().strip().toLowerCase(Locale.ROOT);
    grid.setItems(all.stream().filter(app -> text(app).contains(wanted)).toList());
    list.setVisible(!all.isEmpty());
    empty.setVisible(all.isEmpty());
  }

  private static String text(AppDetails app) {
    String labels = LabelBadges.written(app.labels()).toString();
    return String.join(" ", app.name(), app.uri(), labels).toLowerCase(Locale.ROOT);
  }

  private void columns() {
    column("Name", "7rem", app -> new RouterLink(app.name(), AppView.class, parameters(app)));
    narrow("Kind", "5rem", LabelBadges::kind);
    column("Called at", "11rem", app -> wrapped(app.url()));
    column("Labels", "8rem", app -> new LabelBadges(app.labels()));
    narrow("Upstreams", "6.5rem", AppsView::upstreams);
    if (may(Permission.APP_AUTH_CONFIG_READ)) {
      column("Who may enter", "7.5rem", app -> EntranceList.brief(entrances.of(app.name())));
    }
    narrow("Discoverable", "7.5rem", app -> new Span(app.discoverable() ? "Yes" : "No"));
    if (may(Permission.APP_EDIT) || may(Permission.APP_DELETE)) {
      narrow("", "6.5rem", this::buttons);
    }
    grid.addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    grid.setAllRowsVisible(true);
    grid.setEmptyStateText("No app fits the search.");
    grid.addItemClickListener(
        click -> getUI().ifPresent(ui -> ui.navigate(AppView.class, parameters(click.getItem()))));
  }

  private void column(
      String header, String least, SerializableFunction<AppDetails, Component> cell) {
    grid.addColumn(new ComponentRenderer<>(cell)).setHeader(header).setFlexGrow(1).setWidth(least);
  }

  private void narrow(
      String header, String width, SerializableFunction<AppDetails, Component> cell) {
    grid.addColumn(new ComponentRenderer<>(cell)).setHeader(header).setFlexGrow(0).setWidth(width);
  }

  static RouteParameters parameters(AppDetails app) {
    return new RouteParameters("name", app.name());
  }

  private static Component wrapped(String text) {
    Span span = new Span(text);
    span.addClassName("sp-wrap");
    return span;
  }

  private static Component upstreams(AppDetails app) {
    Span count = new Span(String.valueOf(app.upstreams().size()));
    count.setTitle(
        String.join("\n", app.upstreams().stream().map(u -> u.name() + " " + u.url()).toList()));
    return count;
  }

  private Component buttons(AppDetails app) {
    Div buttons = new Div();
    buttons.addClassName("sp-row-actions");
    if (may(Permission.APP_EDIT)) {
      buttons.add(
          icon(
              VaadinIcon.EDIT,
              "Change " + app.name(),
              () -> new AppDialog(app, apps, actions, saved -> show()).open()));
    }
    if (may(Permission.APP_DELETE)) {
      buttons.add(
          icon(
              VaadinIcon.TRASH,
              "Delete " + app.name(),
              () -> AppDeletion.ask(app, apps, actions, this::show)));
    }
    return buttons;
  }

  private static Button icon(VaadinIcon icon, String label, Runnable action) {
    Button button = new Button(icon.create(), click -> action.run());
    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    button.setAriaLabel(label);
    button.setTooltipText(label);
    return button;
  }

  private EmptyState emptyState() {
    EmptyState state =
        new EmptyState(
            VaadinIcon.CUBES,
            "No app is registered yet",
            "An app is an MCP server or an HTTP app behind this gateway. Give it a name, its"
                + " address and labels; trusted issuers choose apps by their labels.");
    return may(Permission.APP_EDIT) ? state.withAction(newButton()) : state;
  }

  private Button newButton() {
    Button button =
        new Button(
            "Register an app",
            VaadinIcon.PLUS.create(),
            click ->
                new AppDialog(
                        null,
                        apps,
                        actions,
                        saved ->
                            getUI().ifPresent(ui -> ui.navigate(AppView.class, parameters(saved))))
                    .open());
    button.addThemeVariants(ButtonVariant.PRIMARY);
    return button;
  }

  private static boolean may(Permission permission) {
    return CallContext.current().actor().may(permission);
  }
}
