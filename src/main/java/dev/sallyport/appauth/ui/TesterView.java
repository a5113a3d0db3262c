package dev.sallyport.appauth.ui;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.sallyport.appauth.TokenTester;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppService;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import jakarta.inject.Inject;
import java.util.List;

/// Paste a token, see every check. The app may stand in the URL; the token never does.
@Route("tester")
@Menu(title = "Token tester", order = 50, icon = "vaadin:flask")
@RequiresPermission(value = Permission.APP_AUTH_CONFIG_TEST, scoped = true)
class TesterView extends View implements BeforeEnterObserver {
  private final TokenTester tester;
  private final AppService apps;
  private final Actions actions;

  private final TesterPanel panel;

  @Inject
  TesterView(TokenTester tester, AppService apps, Actions actions) {
    super("Token tester");
    this.tester = tester;
    this.apps = apps;
    this.actions = actions;
    panel = new TesterPanel((app, token) -> tester.test(app, token, null), actions);
    panel.offer(appNames());
    add(
        new PageHeader(
            "Token tester",
            "What would happen to a call with this token? The same checks as for real calls, each"
                + " with what it expected and found. Nothing is opened or changed."),
        panel);
  }

  private List<String> appNames() {
    return may(Permission.APP_READ)
        ? apps.list().stream().map(AppDetails::name).toList()
        : List.of();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    event.getLocation().getQueryParameters().getSingleParameter("app").ifPresent(panel::choose);
  }
}
