package dev.sallyport.login.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.config.Settings;
import dev.sallyport.console.Actions;
import dev.sallyport.console.CodeBlock;
import dev.sallyport.console.FieldRows;
import dev.sallyport.console.Notices;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.View;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.ProviderService;
import dev.sallyport.login.ProviderTests;
import dev.sallyport.login.discovery.ProviderTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One provider: its form, what the identity provider must be told, its test and its keys. The id
/// `new` makes one.
@Route("sign-in-providers/:id")
@RequiresPermission(Permission.AUTH_OIDC_LIST)
class ProviderView extends View implements BeforeEnterObserver {
  static final String NEW = "new";

  private final ProviderService providers;
  private final ProviderTests tests;
  private final KeyPanel keys;
  private final Actions actions;
  private final Settings settings;

  private final ProviderForm form = new ProviderForm();
  private final TestResult result = new TestResult();
  private @Nullable ProviderDetails provider;

  @Inject
  ProviderView(
      ProviderService providers,
      ProviderTests tests,
      KeyPanel keys,
      Actions actions,
      Settings settings) {
    super("Sign-in provider");
    this.providers = providers;
    this.tests = tests;
    this.keys = keys;
    this.actions = actions;
    this.settings = settings;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String id = event.getRouteParameters().get("id").orElse(NEW);
    provider = id.equals(NEW) ? null : stored(id);
    if (provider == null) {
      form.startNew();
    } else {
      form.read(provider);
    }
    build();
  }

  private ProviderDetails stored(String id) {
    return found(
        providers.list().stream().filter(p -> p.id().equals(id)).findFirst(), "provider " + id);
  }

  private void build() {
    removeAll();
    rename(provider == null ? "New provider" : provider.name() + " · Sign-in providers");
    Div side = new Div(toTell());
    side.addClassName("sp-side-column");
    if (provider != null) {
      side.add(panel("Keys", keys.of(provider)));
    }
    form.getElement().setEnabled(mayStore());
    Div main = new Div(result, form);
    main.addClassName("sp-sections");
    Div columns = new Div(main, side);
    columns.addClassName("sp-columns");
    add(new RouterLink("← Sign-in providers", ProvidersView.class), header(), columns);
  }

  private Div toTell() {
    String base = settings.publicBase();
    return panel(
        "Tell the provider",
        new CodeBlock("Redirect URI", ProviderDetails.redirectUri(base)),
        new CodeBlock("Back-channel logout URI", ProviderDetails.backchannelLogoutUri(base)),
        new CodeBlock("Page after signing out", base + "/auth/sign-in"));
  }

  private static Div panel(String title, Component... content) {
    Div panel = new Div(new H3(title));
    panel.add(content);
    panel.addClassName("sp-side");
    return panel;
  }

  private PageHeader header() {
    List<Button> buttons = new ArrayList<>();
    if (mayTest()) {
      Button test = new Button("Test", VaadinIcon.FLASK.create(), click -> test());
      test.setDisableOnClick(true);
      test.addClickListener(click -> test.setEnabled(true));
      buttons.add(test);
    }
    if (provider != null && may(Permission.APP_AUTH_CONFIG_EDIT)) {
      buttons.add(new Button("Trust for apps", VaadinIcon.KEY.create(), click -> trust()));
    }
    if (provider != null && may(Permission.AUTH_OIDC_DELETE)) {
      Button delete = new Button("Delete", VaadinIcon.TRASH.create(), click -> delete());
      delete.addThemeVariants(ButtonVariant.ERROR, ButtonVariant.TERTIARY);
      buttons.add(delete);
    }
    if (mayStore()) {
      Button save = new Button(provider == null ? "Create" : "Save", click -> save());
      save.addThemeVariants(ButtonVariant.PRIMARY);
      buttons.add(save);
    }
    return new PageHeader(
        provider == null ? "New provider" : provider.name(),
        "Whose people may sign in to this console, and what their groups let them do.",
        buttons.toArray(Button[]::new));
  }

  private boolean mayStore() {
    return may(provider == null ? Permission.AUTH_OIDC_CREATE : Permission.AUTH_OIDC_EDIT);
  }

  private boolean mayTest() {
    return may(Permission.AUTH_OIDC_CREATE) || (provider != null && mayStore());
  }

  /// The form as it stands, where that may be tried; else what is stored.
  private void test() {
    ProviderDetails stored = provider;
    actions
        .call(
            () ->
                may(Permission.AUTH_OIDC_CREATE) || stored == null
                    ? tests.ofDraft(new ProviderTest.Draft(form.issuer()))
                    : tests.ofStored(stored.id()),
            form.fields())
        .ifPresent(result::show);
  }

  private void save() {
    ProviderDetails old = provider;
    boolean isSaved =
        actions.change(
            () -> {
              if (old == null) {
                providers.create(form.input());
              } else {
                providers.update(old.id(), old.revision(), form.input());
              }
            },
            form.fields());
    if (isSaved) {
      Notices.success(
          old == null ? "Created. Map its groups to roles next." : "Saved. It acts now.");
      go(ProvidersView.class);
    } else {
      FieldRows.showFirstError(form);
    }
  }

  private void trust() {
    ProviderDetails stored = provider;
    if (stored != null) {
      go("trusted-issuers/new", QueryParameters.of("issuer", stored.issuer()));
    }
  }

  private void delete() {
    ProviderDetails stored = provider;
    if (stored != null) {
      new ProviderDeletion(stored, providers, actions).ask(() -> go(ProvidersView.class));
    }
  }
}
