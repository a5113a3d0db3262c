package dev.sallyport.apps.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.component.tabs.TabSheetVariant;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppList;
import dev.sallyport.apps.AppService;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.CodeBlock;
import dev.sallyport.console.CopyText;
import dev.sallyport.console.Facts;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.TimeText;
import dev.sallyport.console.View;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// One app: where it is, who may enter, and what to paste into a client. Its path is not below
/// `apps/`, because calls of HTTP apps are.
@Route("app/:name")
@RequiresPermission(value = Permission.APP_READ, scoped = true)
class AppView extends View implements BeforeEnterObserver {
  private final AppList list;
  private final AppService apps;
  private final Entrances entrances;
  private final Actions actions;
  private final Clock clock;

  @Inject
  AppView(AppList list, AppService apps, Entrances entrances, Actions actions, Clock clock) {
    super("App");
    this.list = list;
    this.apps = apps;
    this.entrances = entrances;
    this.actions = actions;
    this.clock = clock;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String name = event.getRouteParameters().get("name").orElse("");
    show(found(list.named(name), "app " + name));
  }

  private void show(AppDetails app) {
    rename(app.name() + " · Apps");
    removeAll();
    String lead = app.description().isEmpty() ? "No description." : app.description();
    add(
        new RouterLink("← Apps", AppsView.class),
        new PageHeader(app.name(), lead, buttons(app)),
        section("Connect a client", connect(app)),
        section("Who may enter", who(app)),
        section("Settings", settings(app)));
  }

  private static Section section(String heading, Component content) {
    Section section = new Section(new H3(heading), content);
    section.addClassName("sp-section");
    return section;
  }

  private Component[] buttons(AppDetails app) {
    List<Component> buttons = new ArrayList<>();
    if (may(Permission.APP_AUTH_CONFIG_TEST)) {
      buttons.add(new Button("Test a token", VaadinIcon.FLASK.create(), click -> test(app)));
    }
    if (may(Permission.APP_DELETE)) {
      Button delete =
          new Button(
              "Delete",
              VaadinIcon.TRASH.create(),
              click -> AppDeletion.ask(app, apps, actions, this::leave));
      delete.addThemeVariants(ButtonVariant.ERROR, ButtonVariant.TERTIARY);
      buttons.add(delete);
    }
    if (may(Permission.APP_EDIT)) {
      buttons.add(
          new Button(
              "Change",
              VaadinIcon.EDIT.create(),
              click -> new AppDialog(app, apps, actions, this::moveTo).open()));
    }
    return buttons.toArray(Component[]::new);
  }

  private static Component connect(AppDetails app) {
    Div all = new Div();
    Facts facts = new Facts();
    facts.add("URL", new CopyText("the URL", app.url()));
    if (ClientSettings.isMcp(app) && app.discoverable()) {
      facts.add(
          "Resource metadata", new CopyText("the metadata URL", ClientSettings.metadataUrl(app)));
    }
    String address = app.publicAddress();
    if (address != null) {
      facts.add("In a browser", new CopyText("the browser address", address + "/"));
    }
    TabSheet tabs = new TabSheet();
    tabs.setWidthFull();
    tabs.addThemeVariants(TabSheetVariant.AURA_NO_BORDER);
    ClientSettings.of(app).forEach(s -> tabs.add(s.client(), new CodeBlock(s.where(), s.text())));
    Paragraph hint =
        new Paragraph(
            "Clients that can sign in by themselves need only the URL. Others send the access token"
                + " of your identity provider; TOKEN stands for it.");
    hint.addClassNames("sp-group-help", "sp-gap");
    all.add(facts, hint, tabs);
    return all;
  }

  private Component who(AppDetails app) {
    return may(Permission.APP_AUTH_CONFIG_READ)
        ? EntranceList.full(entrances.of(app.name()))
        : new Paragraph("Shown to those who hold the permission app_auth_config.read.");
  }

  private Component settings(AppDetails app) {
    return new Facts()
        .add("Kind", LabelBadges.kind(app))
        .add("Address", app.uri())
        .add("Upstreams", new UpstreamList(app, clock.instant()))
        .add("Calls without an MCP session", TrafficFields.words(app.traffic().kept()))
        .add("Health check", TrafficFields.words(app.traffic().checked()))
        .add(
            "Upstreams get",
            new Anchor("/app/" + app.name() + "/upstream-credential", "Credential …"))
        .add("Labels", new LabelBadges(app.labels()))
        .add("Other upstream hosts", String.join(", ", app.upstreamHosts()))
        .add("Allowed origins", String.join(", ", app.allowedOrigins()))
        .add("Discoverable", app.discoverable() ? "Yes" : "No")
        .add("Last changed", new TimeText(app.updatedAt(), clock.instant()))
        .add("Id", new CopyText("the id", app.id()));
  }

  private void test(AppDetails app) {
    go("tester", QueryParameters.of("app", app.name()));
  }

  private void moveTo(AppDetails app) {
    go(AppView.class, AppsView.parameters(app));
    show(app);
  }

  private void leave() {
    go(AppsView.class);
  }
}
