package dev.sallyport.connections.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppList;
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
import dev.sallyport.console.View;
import jakarta.inject.Inject;

/// What the upstreams of one app get with each call.
@Route("app/:name/upstream-credential")
@RequiresPermission(value = Permission.APP_READ, scoped = true)
class UpstreamCredentialView extends View implements BeforeEnterObserver {
  private final AppList apps;
  private final UpstreamCredentialService credentials;
  private final ConnectionTests tests;
  private final TlsService tls;
  private final Actions actions;

  @Inject
  UpstreamCredentialView(
      AppList apps,
      UpstreamCredentialService credentials,
      ConnectionTests tests,
      TlsService tls,
      Actions actions) {
    super("Upstream credential");
    this.apps = apps;
    this.credentials = credentials;
    this.tests = tests;
    this.tls = tls;
    this.actions = actions;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String name = event.getRouteParameters().get("name").orElse("");
    show(found(apps.named(name), "app " + name));
  }

  private void show(AppDetails app) {
    rename("Upstream credential of " + app.name());
    UpstreamCredentialDetails now = credentials.get(app.id());
    removeAll();
    CredentialForm form = new CredentialForm(now);
    boolean mayEdit = may(Permission.APP_EDIT);
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
