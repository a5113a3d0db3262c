package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.component.tabs.TabSheetVariant;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.function.SerializableFunction;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.sallyport.appauth.AppAuthConfigDetails;
import dev.sallyport.appauth.AppAuthConfigService;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppService;
import dev.sallyport.apps.LabelSelector;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.Status;
import dev.sallyport.issuers.ui.IssuersPanel;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.util.List;

/// All configs, and the issuers that they trust.
@Route("trusted-issuers")
@PageTitle("Trusted issuers")
@Menu(title = "Trusted issuers", order = 40, icon = "vaadin:key")
@RequiresPermission(value = Permission.APP_AUTH_CONFIG_READ, scoped = true)
@StyleSheet("context://sp-forms.css")
class TrustedIssuersView extends Div implements BeforeEnterObserver {
  @Inject AppAuthConfigService configs;
  @Inject AppService apps;
  @Inject IssuersPanel issuers;

  private final Grid<AppAuthConfigDetails> grid = new Grid<>();
  private final Div empty = new Div();
  private List<AppDetails> knownApps = List.of();

  @PostConstruct
  void build() {
    addClassName("sp-view");
    columns();
    empty.add(emptyState());
    TabSheet tabs = new TabSheet();
    tabs.setWidthFull();
    tabs.addThemeVariants(TabSheetVariant.AURA_NO_BORDER);
    tabs.add("Configs", new Div(grid, empty));
    if (may(Permission.ISSUER_READ)) {
      tabs.add("Issuers and their keys", issuers);
    }
    PageHeader header =
        new PageHeader(
            "Trusted issuers (app auth configs)",
            "Each says whose tokens, under which rules, may enter the apps that its labels choose."
                + " At each app and issuer the most specific one alone decides.",
            may(Permission.APP_AUTH_CONFIG_EDIT)
                ? new Component[] {newButton()}
                : new Component[] {});
    add(header, tabs);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    knownApps = may(Permission.APP_READ) ? apps.list() : List.of();
    List<AppAuthConfigDetails> all = configs.list();
    grid.setItems(all);
    grid.setVisible(!all.isEmpty());
    empty.setVisible(all.isEmpty());
    if (may(Permission.ISSUER_READ)) {
      issuers.refresh();
    }
  }

  private void columns() {
    text("Name", "7rem", TrustedIssuersView::link);
    text("Issuer", "10rem", c -> wrapped(c.jwt().issuer()));
    text("Audience", "8rem", TrustedIssuersView::audience);
    text("App labels", "8rem", c -> wrapped(ConfigTexts.selector(c.appLabels())));
    text("Apps", "5rem", this::matching).setFlexGrow(0);
    text("Who may enter", "10rem", TrustedIssuersView::rules);
    text("State", "7.5rem", TrustedIssuersView::state).setFlexGrow(0);
    grid.addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    grid.setAllRowsVisible(true);
    grid.addItemClickListener(
        click -> getUI().ifPresent(ui -> ui.navigate(ConfigView.class, id(click.getItem()))));
  }

  private Grid.Column<AppAuthConfigDetails> text(
      String header, String least, SerializableFunction<AppAuthConfigDetails, Component> cell) {
    return grid.addColumn(new ComponentRenderer<>(cell))
        .setHeader(header)
        .setFlexGrow(1)
        .setWidth(least);
  }

  private static RouteParameters id(AppAuthConfigDetails config) {
    return new RouteParameters("id", config.id());
  }

  private static Component link(AppAuthConfigDetails config) {
    return new RouterLink(config.name(), ConfigView.class, id(config));
  }

  private static Component wrapped(String text) {
    Span span = new Span(text);
    span.addClassName("sp-wrap");
    return span;
  }

  private static Component audience(AppAuthConfigDetails config) {
    String audience = config.jwt().audience();
    Component text = wrapped(audience == null ? ConfigTexts.OWN_URL : audience);
    if (audience == null) {
      text.addClassName("sp-muted");
    }
    return text;
  }

  private Component matching(AppAuthConfigDetails config) {
    if (!may(Permission.APP_READ)) {
      return new Span("–");
    }
    LabelSelector selector = LabelSelector.of(config.appLabels());
    List<String> names =
        knownApps.stream()
            .filter(app -> selector.matches(app.labels()))
            .map(AppDetails::name)
            .toList();
    Span count = new Span(String.valueOf(names.size()));
    count.setTitle(names.isEmpty() ? "No app matches" : String.join(", ", names));
    return count;
  }

  private static Component rules(AppAuthConfigDetails config) {
    return ConfigTexts.isOpen(config)
        ? new Status(Status.Tone.WARNING, ConfigTexts.EVERYONE)
        : wrapped(ConfigTexts.rules(config));
  }

  private static Component state(AppAuthConfigDetails config) {
    return config.enabled()
        ? new Status(Status.Tone.GOOD, "Enabled")
        : new Status(Status.Tone.OFF, "Disabled");
  }

  private EmptyState emptyState() {
    EmptyState state =
        new EmptyState(
            VaadinIcon.KEY,
            "No issuer is trusted yet",
            "Name the issuer of your identity provider, where its keys are, and the labels of the"
                + " apps that its tokens may enter. Until then every call is refused.");
    return may(Permission.APP_AUTH_CONFIG_EDIT) ? state.withAction(newButton()) : state;
  }

  private Button newButton() {
    Button button =
        new Button(
            "New trusted issuer",
            VaadinIcon.PLUS.create(),
            click ->
                getUI()
                    .ifPresent(
                        ui ->
                            ui.navigate(
                                ConfigView.class, new RouteParameters("id", ConfigView.NEW))));
    button.addThemeVariants(ButtonVariant.PRIMARY);
    return button;
  }

  private static boolean may(Permission permission) {
    return CallContext.current().actor().may(permission);
  }
}
