package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.component.tabs.TabSheetVariant;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import dev.sallyport.issuers.ui.IssuersPanel;
import jakarta.inject.Inject;

/// All configs, and the issuers that they trust.
@Route("trusted-issuers")
@Menu(title = "Trusted issuers", order = 40, icon = "vaadin:key")
@RequiresPermission(value = Permission.APP_AUTH_CONFIG_READ, scoped = true)
class TrustedIssuersView extends View implements BeforeEnterObserver {
  private final ConfigsPanel configs;
  private final IssuersPanel issuers;

  @Inject
  TrustedIssuersView(ConfigsPanel configs, IssuersPanel issuers) {
    super("Trusted issuers");
    this.configs = configs;
    this.issuers = issuers;
    Button create = new Button("New trusted issuer", VaadinIcon.PLUS.create());
    create.addThemeVariants(ButtonVariant.PRIMARY);
    create.addClickListener(
        click -> go(ConfigView.class, new RouteParameters("id", ConfigView.NEW)));
    TabSheet tabs = new TabSheet();
    tabs.setWidthFull();
    tabs.addThemeVariants(TabSheetVariant.AURA_NO_BORDER);
    tabs.add("Configs", configs);
    if (may(Permission.ISSUER_READ)) {
      tabs.add("Issuers and their keys", issuers);
    }
    fillWindow();
    add(
        new PageHeader(
                "Trusted issuers (app auth configs)",
                "Each says whose tokens, under which rules, may enter the apps that its labels"
                    + " choose. At each app and issuer the most specific one alone decides.")
            .offer(may(Permission.APP_AUTH_CONFIG_EDIT), create),
        tabs);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    configs.refresh();
    if (may(Permission.ISSUER_READ)) {
      issuers.refresh();
    }
  }
}
