package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.sallyport.appauth.AppAuthConfigDetails;
import dev.sallyport.appauth.AppAuthConfigService;
import dev.sallyport.appauth.ConfigList;
import dev.sallyport.appauth.TokenTester;
import dev.sallyport.appauth.Trust;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.FieldRows;
import dev.sallyport.console.Notices;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.issuers.IssuerService;
import dev.sallyport.issuers.ui.KeyStatus;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One config: its form, and beside it what the form would mean. The id `new` makes one.
@Route("trusted-issuers/:id")
@RequiresPermission(value = Permission.APP_AUTH_CONFIG_READ, scoped = true)
class ConfigView extends View implements BeforeEnterObserver {
  static final String NEW = "new";

  private final ConfigList list;
  private final AppAuthConfigService configs;
  private final AppsInSight apps;
  private final IssuerService issuers;
  private final Trust trust;
  private final TokenTester tester;
  private final KeyStatus keys;
  private final Actions actions;
  private final ConfigForm form = new ConfigForm();
  private final ImpactPanel impact = new ImpactPanel();
  private final Div keyPanel = new Div();
  private List<AppDetails> knownApps = List.of();
  private @Nullable AppAuthConfigDetails config;

  @Inject
  ConfigView(
      ConfigList list,
      AppAuthConfigService configs,
      AppsInSight apps,
      IssuerService issuers,
      Trust trust,
      TokenTester tester,
      KeyStatus keys,
      Actions actions) {
    super("Trusted issuer");
    this.list = list;
    this.configs = configs;
    this.apps = apps;
    this.issuers = issuers;
    this.trust = trust;
    this.tester = tester;
    this.keys = keys;
    this.actions = actions;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String id = event.getRouteParameters().get("id").orElse(NEW);
    config = id.equals(NEW) ? null : found(list.byId(id), "config " + id);
    knownApps = apps.all();
    form.offer(knownApps, may(Permission.ISSUER_READ) ? issuers.list() : List.of());
    if (config == null) {
      form.startNew(
          event.getLocation().getQueryParameters().getSingleParameter("issuer").orElse(""));
    } else {
      form.read(config);
    }
    build();
    form.whenChanged(this::showImpact);
    showImpact();
  }

  private void build() {
    removeAll();
    rename(config == null ? "New trusted issuer" : config.name() + " · Trusted issuers");
    keyPanel.addClassName("sp-side");
    Div side = new Div(impact, keyPanel);
    side.addClassName("sp-side-column");
    Div columns = new Div(form, side);
    columns.addClassName("sp-columns");
    form.getElement().setEnabled(may(Permission.APP_AUTH_CONFIG_EDIT));
    add(new RouterLink("← Trusted issuers", TrustedIssuersView.class), header(), columns);
  }

  private PageHeader header() {
    List<Button> buttons = new ArrayList<>();
    if (may(Permission.APP_AUTH_CONFIG_TEST)) {
      buttons.add(new Button("Test a token", VaadinIcon.FLASK.create(), click -> test()));
    }
    if (config != null && may(Permission.APP_AUTH_CONFIG_DELETE)) {
      Button delete = new Button("Delete", VaadinIcon.TRASH.create(), click -> delete());
      delete.addThemeVariants(ButtonVariant.ERROR, ButtonVariant.TERTIARY);
      buttons.add(delete);
    }
    if (may(Permission.APP_AUTH_CONFIG_EDIT)) {
      Button save = new Button(config == null ? "Create" : "Save", click -> save());
      save.addThemeVariants(ButtonVariant.PRIMARY);
      buttons.add(save);
    }
    return new PageHeader(
        config == null ? "New trusted issuer" : config.name(),
        "Whose tokens, under which rules, may enter which apps. A change acts at once on every"
            + " node.",
        buttons.toArray(Button[]::new));
  }

  private void showImpact() {
    if (may(Permission.APP_READ)) {
      Draft draft = draft();
      impact.show(draft, Impact.of(draft, trust.current().configs(), knownApps));
    } else {
      impact.showWithoutApps();
    }
    IssuerDetails issuer = form.knownIssuer();
    keyPanel.removeAll();
    keyPanel.setVisible(issuer != null);
    if (issuer != null) {
      keyPanel.add(new H3("Issuer's keys"), keys.of(issuer));
    }
  }

  private Draft draft() {
    return form.draft(config == null ? null : config.id());
  }

  private void save() {
    AppAuthConfigDetails old = config;
    boolean isSaved =
        actions.change(
            () -> {
              if (old == null) {
                configs.create(form.input());
              } else {
                configs.update(old.id(), old.revision(), form.input());
              }
            },
            form.fields());
    if (isSaved) {
      Notices.success(old == null ? "Created. It decides from now on." : "Saved. It acts now.");
      go(TrustedIssuersView.class);
    } else {
      FieldRows.showFirstError(form);
    }
  }

  private void delete() {
    AppAuthConfigDetails stored = config;
    if (stored != null) {
      ConfigDeletion.ask(
          stored,
          Impact.of(draft(), trust.current().configs(), knownApps),
          () -> {
            if (actions.change(() -> configs.delete(stored.id(), stored.revision()))) {
              Notices.success("“" + stored.name() + "” deleted.");
              go(TrustedIssuersView.class);
            }
          });
    }
  }

  private void test() {
    Draft draft = draft();
    List<String> names =
        knownApps.stream()
            .filter(app -> draft.hasSelector() && draft.selector().matches(app.labels()))
            .map(AppDetails::name)
            .toList();
    new DraftTestDialog(
            new TesterPanel((app, token) -> tester.test(app, token, form.input()), actions), names)
        .open();
  }
}
