package dev.sallyport.launch.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.config.Settings;
import dev.sallyport.console.CopyText;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.PageHeader;
import dev.sallyport.launch.LaunchService;
import dev.sallyport.launch.OwnApp;
import jakarta.inject.Inject;
import java.util.List;

/// The apps that the viewer may enter. Whoever administers nothing begins here.
@Route("my-apps")
@PageTitle("My apps · Sallyport")
@Menu(title = "My apps", order = 92, icon = "vaadin:grid-small")
@StyleSheet("context://sp-forms.css")
@PublicEndpoint("One's own needs no permission; anonymous callers are led to the sign-in page.")
class MyAppsView extends Main {
  private static final String LEAD =
      "The apps that you may enter. Some open in the browser; the others are for agents and"
          + " scripts, which call them at their address.";

  private final LaunchService launches;
  private final LiveUpdates updates;
  private final Grid<OwnApp> grid = new Grid<>();

  @Inject
  MyAppsView(LaunchService launches, LiveUpdates updates, Settings settings) {
    this.launches = launches;
    this.updates = updates;
    String ask = "ask " + settings.helpContact() + ".";
    addClassName("sp-view");
    add(new PageHeader("My apps", LEAD));
    if (administersNothing(CallContext.current().actor())) {
      Span none = new Span("You administer nothing here. If you should, " + ask);
      none.addClassName("sp-lead");
      add(none);
    }
    columns();
    grid.setEmptyStateComponent(launches.isPerson() ? nothing(ask) : nobody());
    add(grid);
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
    grid.addColumn(new ComponentRenderer<>(MyAppsView::name))
        .setHeader("App")
        .setFlexGrow(2)
        .setWidth("12rem");
    grid.addColumn(new ComponentRenderer<>(MyAppsView::way))
        .setHeader("")
        .setFlexGrow(0)
        .setWidth("5.5rem");
    grid.addColumn(new ComponentRenderer<>(MyAppsView::address))
        .setHeader("Where")
        .setFlexGrow(3)
        .setWidth("18rem");
    grid.addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    grid.setAllRowsVisible(true);
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.getElement().setAttribute("aria-label", "My apps");
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
    grid.setItems(look());
    updates.follow(this, this::look, grid::setItems);
  }

  private List<OwnApp> look() {
    return launches.mine();
  }
}
