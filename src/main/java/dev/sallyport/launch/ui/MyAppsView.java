package dev.sallyport.launch.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.config.Settings;
import dev.sallyport.console.CopyText;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import dev.sallyport.console.list.Table;
import dev.sallyport.launch.LaunchService;
import dev.sallyport.launch.OwnApp;
import jakarta.inject.Inject;
import java.util.List;

/// The apps that the viewer may enter. Whoever administers nothing begins here.
@Route("my-apps")
@Menu(title = "My apps", order = 92, icon = "vaadin:grid-small")
@PublicEndpoint("One's own needs no permission; anonymous callers are led to the sign-in page.")
class MyAppsView extends View {
  private static final String LEAD =
      "The apps that you may enter. Some open in the browser; the others are for agents and"
          + " scripts, which call them at their address.";

  private final LaunchService launches;
  private final LiveUpdates updates;
  private final Table<OwnApp> table = new Table<>("My apps", OwnApp::name);

  @Inject
  MyAppsView(LaunchService launches, LiveUpdates updates, Settings settings) {
    super("My apps");
    this.launches = launches;
    this.updates = updates;
    String ask = "ask " + settings.helpContact() + ".";
    add(new PageHeader("My apps", LEAD));
    if (administersNothing(CallContext.current().actor())) {
      Span none = new Span("You administer nothing here. If you should, " + ask);
      none.addClassName("sp-lead");
      add(none);
    }
    columns();
    table.setEmptyStateComponent(launches.isPerson() ? nothing(ask) : nobody());
    add(table);
  }

  private static boolean administersNothing(Actor actor) {
    return actor.permissions().isEmpty();
  }

  private static EmptyState nothing(String ask) {
    return new EmptyState(
        VaadinIcon.GRID_SMALL,
        "No app is open to you",
        "No app's rules let you in. If you miss one, " + ask);
  }

  private static EmptyState nobody() {
    return new EmptyState(
        VaadinIcon.KEY,
        "Apps open for people",
        "You are signed in with a key or a link, which says nothing of you that an app could go by."
            + " Sign out and sign in at your identity provider.");
  }

  private void columns() {
    table.wide("App", "12rem", MyAppsView::name).setFlexGrow(2);
    table.narrow("", "5.5rem", MyAppsView::way);
    table.wide("Where", "18rem", MyAppsView::address).setFlexGrow(3);
  }

  private static Component name(OwnApp app) {
    Span name = new Span(app.name());
    name.addClassName("sp-strong");
    Span description = new Span(app.description());
    description.addClassName("sp-muted");
    Div both = new Div(new Div(name), new Div(description));
    both.addClassName("sp-wrap");
    return both;
  }

  private static Component address(OwnApp app) {
    String address = app.publicAddress();
    return new CopyText("the address of " + app.name(), address == null ? app.url() : address);
  }

  private static Component way(OwnApp app) {
    String address = app.publicAddress();
    if (address == null) {
      return new Span();
    }
    Anchor open = new Anchor(address + "/", "Open");
    open.setTarget("_blank");
    open.getElement().setAttribute("rel", "noopener noreferrer");
    open.getElement().setAttribute("aria-label", "Open " + app.name());
    open.addClassName("sp-link");
    return open;
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    table.show(look());
    updates.follow(this, this::look, table::show);
  }

  private List<OwnApp> look() {
    return launches.mine();
  }
}
