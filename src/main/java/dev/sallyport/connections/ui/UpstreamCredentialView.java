package dev.sallyport.connections.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppService;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.connections.ConnectionTests;
import dev.sallyport.connections.UpstreamCredentialDetails;
import dev.sallyport.connections.UpstreamCredentialService;
import dev.sallyport.connections.tls.TlsService;
import dev.sallyport.connections.tls.TlsUse;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Notices;
import dev.sallyport.console.PageHeader;
import jakarta.inject.Inject;

/// What the upstreams of one app get with each call.
@Route("app/:name/upstream-credential")
@RequiresPermission(value = Permission.APP_READ, scoped = true)
@StyleSheet("context://sp-forms.css")
class UpstreamCredentialView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  @Inject AppService apps;
  @Inject UpstreamCredentialService credentials;
  @Inject ConnectionTests tests;
  @Inject TlsService tls;
  @Inject Actions actions;

  private String title = "Upstream credential";

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String name = event.getRouteParameters().get("name").orElse("");
    AppDetails app =
        apps.list().stream()
            .filter(a -> a.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new NotFoundException("There is no app " + name + "."));
    show(app);
  }

  @Override
  public String getPageTitle() {
    return title;
  }

  private void show(AppDetails app) {
    title = "Upstream credential of " + app.name();
    UpstreamCredentialDetails now = credentials.get(app.id());
    removeAll();
    addClassName("sp-view");
    CredentialForm form = new CredentialForm(now);
    boolean mayEdit = CallContext.current().actor().may(Permission.APP_EDIT);
    form.getElement().setEnabled(mayEdit);
    add(
        new Anchor("/app/" + app.name(), "← " + app.name()),
        new PageHeader(
            "Upstream credential",
            "What the upstreams of "
                + app.name()
                + " get with each call, besides the call itself."),
        form);
    if (mayEdit) {
      Button save = new Button("Save", click -> save(app, now, form));
      save.addThemeVariants(ButtonVariant.PRIMARY);
      Div buttons = new Div(save);
      buttons.addClassName("sp-buttons");
      add(buttons, connect(app, form));
    }
    addTls(app, mayEdit);
  }

  private void addTls(AppDetails app, boolean mayEdit) {
    for (TlsUse use : TlsUse.values()) {
      TlsPanel panel = new TlsPanel(use, tls.get(app.id(), use.code()));
      add(mayEdit ? panel.saving(tls, actions) : panel);
    }
  }

  private Component connect(AppDetails app, CredentialForm form) {
    ConnectPanel panel =
        new ConnectPanel(
            () -> actions.call(() -> tests.discover(app.id(), form.input()), form.fields()));
    panel.setVisible(form.isConnection());
    form.whenKindChanges(() -> panel.setVisible(form.isConnection()));
    return panel;
  }

  private void save(AppDetails app, UpstreamCredentialDetails before, CredentialForm form) {
    boolean saved =
        actions.change(
            () -> credentials.put(app.id(), before.revision(), form.input()), form.fields());
    if (saved) {
      Notices.success("Saved. The next call of every client takes it along.");
      show(app);
    }
  }
}
