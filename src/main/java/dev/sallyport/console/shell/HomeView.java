package dev.sallyport.console.shell;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.server.menu.MenuEntry;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.console.EmptyState;

/// Leads to the first page that the actor may see.
@Route("")
@PageTitle("Sallyport")
@PublicEndpoint("Shows nothing, and leads only where the actor may go.")
public final class HomeView extends Main implements BeforeEnterObserver {
  public HomeView() {
    addClassName("sp-view");
    add(
        new EmptyState(
            VaadinIcon.LOCK,
            "You are signed in, but no page is open to you",
            "Your role holds none of the permissions that the console's pages need. Ask an admin"
                + " for a role such as r-viewer."));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    MenuConfiguration.getMenuEntries().stream()
        .map(MenuEntry::menuClass)
        .filter(ViewAccess::isOpen)
        .findFirst()
        .ifPresent(event::forwardTo);
  }
}
