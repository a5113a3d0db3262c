package dev.sallyport.console.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Footer;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.orderedlayout.Scroller;
import com.vaadin.flow.component.orderedlayout.ScrollerVariant;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.server.menu.MenuEntry;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.config.Settings;
import dev.sallyport.console.ActorText;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.View;
import dev.sallyport.http.ClientAddress;
import jakarta.inject.Inject;
import java.net.InetAddress;

/// The frame around every view: the menu of what the actor may see, and who that is.
@Layout
public class MainLayout extends AppLayout {
  private static final int GROUP = 30;

  private final LiveUpdates updates;

  @Inject
  MainLayout(Settings settings, LiveUpdates updates, ClientAddress clients) {
    this.updates = updates;
    setPrimarySection(Section.DRAWER);
    addToDrawer(brand(settings, clients), menu(), account());
    DrawerToggle toggle = new DrawerToggle();
    toggle.setAriaLabel("Show or hide the menu");
    addToNavbar(toggle);
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    super.onAttach(attach);
    updates.watch(this);
  }

  private static Component brand(Settings settings, ClientAddress clients) {
    Span name = new Span("Sallyport");
    name.addClassName("sp-brand-name");
    Header brand = new Header(new Image("/favicon.svg", ""), name);
    brand.addClassName("sp-brand");
    if (settings.access().recoveryToken() != null) {
      brand.add(
          badge(
              "Recovery",
              "SALLYPORT_RECOVERY_TOKEN is set: it is an admin key for an hour after the start."
                  + " Remove it when you are done."));
    }
    if (View.may(Permission.SYSTEM_READ)) {
      clients.untrustedSender().ifPresent(peer -> brand.add(unknownProxy(peer)));
    }
    if (settings.demo()) {
      brand.add(badge("Demo", "Made-up data; runs on this machine only."));
    }
    return brand;
  }

  private static Badge unknownProxy(InetAddress peer) {
    return badge(
        "Unknown proxy",
        peer.getHostAddress()
            + " sends X-Forwarded-For, which does not count. If it is your proxy, add it to"
            + " SALLYPORT_TRUSTED_PROXIES: until then everybody behind it looks like one client.");
  }

  private static Badge badge(String text, String title) {
    Badge badge = new Badge(text);
    badge.getElement().setAttribute("title", title);
    return badge;
  }

  private static Scroller menu() {
    SideNav menu = new SideNav();
    menu.getElement().setAttribute("aria-label", "Pages");
    int group = 0;
    for (MenuEntry entry : MenuConfiguration.getMenuEntries()) {
      if (ViewAccess.isOpen(entry.menuClass())) {
        SideNavItem item = item(entry);
        item.setClassName("sp-apart", group != group(entry) && !menu.getItems().isEmpty());
        group = group(entry);
        menu.addItem(item);
      }
    }
    Scroller scroller = new Scroller(menu);
    scroller.addThemeVariants(ScrollerVariant.OVERFLOW_INDICATORS);
    return scroller;
  }

  /// Who is in, where to, who may what here, one's own: each has thirty places in the order.
  private static int group(MenuEntry entry) {
    return (int) (entry.order() / GROUP);
  }

  private static SideNavItem item(MenuEntry entry) {
    SideNavItem item = new SideNavItem(entry.title(), entry.menuClass());
    item.setMatchNested(true);
    if (entry.icon() != null) {
      item.setPrefixComponent(new Icon(entry.icon()));
    }
    return item;
  }

  private static Component account() {
    Actor actor = CallContext.current().actor();
    Span name = new Span(actor.name());
    name.addClassName("sp-strong");
    Span kind = new Span(ActorText.kind(actor.kind().code()));
    kind.addClassName("sp-muted");
    Div who = new Div(name, kind);
    who.addClassName("sp-who");
    Footer account = new Footer(who, new SchemeToggle(), new SignOut());
    account.addClassName("sp-account");
    return account;
  }
}
