package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import dev.sallyport.appauth.RefusalStore;
import dev.sallyport.appauth.Refusals.Refusal;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.TimeText;
import dev.sallyport.console.View;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who was turned away, and by which check.
@Route("sessions/refusals")
@RouteAlias("refusals")
@RequiresPermission(value = Permission.APP_SESSION_READ, scoped = true)
class RefusalsView extends View {
  private static final int SHOWN = 200;

  private final RefusalStore refusals;
  private final LiveUpdates updates;
  private final Clock clock;
  private final Grid<Refusal> grid = new Grid<>();

  @Inject
  RefusalsView(RefusalStore refusals, LiveUpdates updates, Clock clock) {
    super("Refusals");
    this.refusals = refusals;
    this.updates = updates;
    this.clock = clock;
    fillWindow();
    grid.getElement().setAttribute("aria-label", "Refused calls");
    grid.setEmptyStateComponent(empty());
    addColumns();
    add(
        new PageHeader(
            "Live sessions",
            "The last calls whose token was not let in, with the check that failed and what it"
                + " expected. No token is kept.",
            tryToken("")),
        new SessionTabs(RefusalsView.class),
        grid);
  }

  private static Component empty() {
    return new EmptyState(
        VaadinIcon.CHECK,
        "Nothing was refused",
        "A call whose token fails a check shows up here within a second, with what was expected and"
            + " what was found.");
  }

  private void addColumns() {
    grid.addColumn(
            LitRenderer.<Refusal>of(
                    "<button class='sp-link' @click=${open} title=${item.exact}>${item.when}"
                        + "</button>")
                .withProperty("exact", r -> TimeText.exact(r.at()))
                .withProperty("when", r -> TimeText.relative(r.at(), clock.instant()))
                .withFunction("open", this::open))
        .setHeader("When")
        .setFlexGrow(0)
        .setWidth("6rem");
    grid.addColumn(
            cell("<span title=${item.app}>${item.app}</span>").withProperty("app", Refusal::app))
        .setHeader("App")
        .setWidth("7rem")
        .setResizable(true);
    pair("Reason, check", Refusal::code, Refusal::check);
    pair("Expected, found", Refusal::expected, Refusal::found).setFlexGrow(2);
    pair("Issuer, audience", Refusal::iss, Refusal::aud).setFlexGrow(2);
    pair("Subject, key", Refusal::sub, Refusal::kid);
    pair("Client, address", Refusal::client, Refusal::address);
    if (mayTest()) {
      addTesterColumn();
    }
  }

  private void addTesterColumn() {
    grid.addColumn(
            LitRenderer.<Refusal>of(
                    "<vaadin-button theme='tertiary small' @click=${test}"
                        + " aria-label=${item.label}>Try a token</vaadin-button>")
                .withProperty("label", r -> "Try a token for " + r.app())
                .withFunction("test", r -> TesterLink.open(r.app())))
        .setFlexGrow(0)
        .setWidth("7.5rem")
        .setFrozenToEnd(true);
  }

  private static boolean mayTest() {
    return may(Permission.APP_AUTH_CONFIG_TEST);
  }

  /// Two facts one above the other: side by side they would not fit.
  private Grid.Column<Refusal> pair(
      String header,
      ValueProvider<Refusal, @Nullable String> upper,
      ValueProvider<Refusal, @Nullable String> lower) {
    return grid.addColumn(
            cell("<div class='sp-two-lines'><span title=${item.upper}>${item.upper}</span>"
                    + "<span title=${item.lower}>${item.lower}</span></div>")
                .withProperty("upper", r -> shown(upper.apply(r)))
                .withProperty("lower", r -> shown(lower.apply(r))))
        .setHeader(header)
        .setWidth("7rem")
        .setResizable(true);
  }

  private static LitRenderer<Refusal> cell(String template) {
    return LitRenderer.of(template);
  }

  private static String shown(@Nullable String fact) {
    return Objects.requireNonNullElse(fact, "–");
  }

  private void open(Refusal refusal) {
    Dialog dialog = new RefusalDialog(refusal, clock.instant());
    Button tester = tryToken(refusal.app());
    tester.addClickListener(click -> dialog.close());
    dialog.getFooter().add(tester, new Button("Close", click -> dialog.close()));
    dialog.open();
  }

  private static Button tryToken(String app) {
    Button button = new Button("Try a token", VaadinIcon.FLASK.create());
    button.addThemeVariants(ButtonVariant.PRIMARY);
    button.setVisible(mayTest());
    button.addClickListener(click -> TesterLink.open(app));
    return button;
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    grid.setItems(refusals.newest(SHOWN));
    updates.follow(this, () -> refusals.newest(SHOWN), this::changed);
  }

  private void changed(List<Refusal> now) {
    grid.setItems(now);
  }
}
