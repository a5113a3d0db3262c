package dev.sallyport.roles.ui;

import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.component.tabs.TabSheetVariant;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import dev.sallyport.roles.RoleDetails;
import jakarta.inject.Inject;

/// Roles, and who has them. With `?actor=` and `?kind=`, or `?role=`, it opens at who has them.
@Route("roles")
@Menu(title = "Roles", order = 66, icon = "vaadin:shield")
@RequiresPermission(Permission.AUTH_ROLE_LIST)
class RolesView extends View implements BeforeEnterObserver {
  private final RolesPanel roles;
  private final AssignmentsPanel assignments;
  private final TabSheet tabs = new TabSheet();
  private final Tab who;

  @Inject
  RolesView(RolesPanel roles, AssignmentsPanel assignments) {
    super("Roles");
    this.roles = roles;
    this.assignments = assignments;
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
