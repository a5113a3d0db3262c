package dev.sallyport.roles.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.component.tabs.TabSheetVariant;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.PageHeader;
import dev.sallyport.roles.RoleDetails;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;

/// Roles, and who has them. With `?actor=` and `?kind=`, or `?role=`, it opens at who has them.
@Route("roles")
@PageTitle("Roles · Sallyport")
@Menu(title = "Roles", order = 66, icon = "vaadin:shield")
@RequiresPermission(Permission.AUTH_ROLE_LIST)
@StyleSheet("context://sp-forms.css")
class RolesView extends Div implements BeforeEnterObserver {
  @Inject RolesPanel roles;
  @Inject AssignmentsPanel assignments;

  private final TabSheet tabs = new TabSheet();
  private Tab who = new Tab();

  @PostConstruct
  void build() {
    addClassName("sp-view");
    tabs.setWidthFull();
    tabs.addThemeVariants(TabSheetVariant.AURA_NO_BORDER);
    tabs.add("Roles", roles);
    who = tabs.add("Who has them", assignments);
    roles.whenAskedWhoHas(this::showHolders);
    add(
        new PageHeader(
            "Roles",
            "A role is a set of permissions. Whoever has several holds all of theirs together, from"
                + " the next call on."),
        tabs);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    roles.refresh();
    QueryParameters wanted = event.getLocation().getQueryParameters();
    if (assignments.read(wanted)) {
      tabs.setSelectedTab(who);
    }
  }

  private void showHolders(RoleDetails role) {
    assignments.showHoldersOf(role);
    tabs.setSelectedTab(who);
  }
}
