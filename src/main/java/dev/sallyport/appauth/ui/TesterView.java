package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.sallyport.appauth.TokenTester;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppService;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.PageHeader;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.util.List;

/// Paste a token, see every check. The app may stand in the URL; the token never does.
@Route("tester")
@PageTitle("Token tester")
@Menu(title = "Token tester", order = 50, icon = "vaadin:flask")
@RequiresPermission(value = Permission.APP_AUTH_CONFIG_TEST, scoped = true)
@StyleSheet("context://sp-forms.css")
class TesterView extends Div implements BeforeEnterObserver {
  @Inject TokenTester tester;
  @Inject AppService apps;
  @Inject Actions actions;

  private TesterPanel panel;

  @PostConstruct
  void build() {
    addClassName("sp-view");
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
    return CallContext.current().actor().may(Permission.APP_READ)
        ? apps.list().stream().map(AppDetails::name).toList()
        : List.of();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    event.getLocation().getQueryParameters().getSingleParameter("app").ifPresent(panel::choose);
  }
}
