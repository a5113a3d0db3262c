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
import dev.sallyport.console.list.RowAction;
import dev.sallyport.console.list.RowLink;
import dev.sallyport.console.list.Table;
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
  private final Table<Refusal> table = new Table<>("Refused calls", refusal -> refusal);
  private List<Refusal> shown = List.of();

  @Inject
  RefusalsView(RefusalStore refusals, LiveUpdates updates, Clock clock) {
    super("Refusals");
    this.refusals = refusals;
    this.updates = updates;
    this.clock = clock;
    columns();
    fillWindow();
    add(header(), new SessionTabs(RefusalsView.class), table);
  }

  private Component header() {
    return new PageHeader(
            "Live sessions",
            "The last calls whose token was not let in, with the check that failed and what it"
                + " expected. No token is kept.")
        .offer(mayTest(), tryToken(""));
  }

  private static Component empty() {
    return new EmptyState(
        VaadinIcon.CHECK,
        "Nothing was refused",
        "A call whose token fails a check shows up here within a second, with what was expected and"
            + " what was found.");
  }

  private void columns() {
    table.setEmptyStateComponent(empty());
    table.fetch(
        (from, limit) -> shown.stream().skip(from).limit(limit).toList(),
        () -> shown.size(),
        SHOWN);
    table
        .link("When", new RowLink<>(this::when, r -> TimeText.utc(r.at()), this::open))
        .setFlexGrow(0)
        .setWidth("6rem");
    table.line("App", Refusal::app).setWidth("7rem");
    pair("Reason, check", Refusal::code, Refusal::check);
    pair("Expected, found", Refusal::expected, Refusal::found).setFlexGrow(2);
    pair("Issuer, audience", Refusal::iss, Refusal::aud).setFlexGrow(2);
    pair("Subject, key", Refusal::sub, Refusal::kid);
    pair("Client, address", Refusal::client, Refusal::address);
    if (mayTest()) {
      table.action(
          "7.5rem",
          new RowAction<>(
              "Try a token",
              r -> "Try a token for " + r.app(),
              r -> true,
              r -> TesterLink.open(r.app())));
    }
  }

  private String when(Refusal refusal) {
    return TimeText.relative(refusal.at(), clock.instant());
  }

  private static boolean mayTest() {
    return may(Permission.APP_AUTH_CONFIG_TEST);
  }

  /// Two facts one above the other: side by side they would not fit.
  private Grid.Column<Refusal> pair(
      String header,
      ValueProvider<Refusal, @Nullable String> upper,
      ValueProvider<Refusal, @Nullable String> lower) {
    return table
        .addColumn(
            LitRenderer.<Refusal>of(
                    "<div class='sp-two-lines'><span title=${item.upper}>${item.upper}</span>"
                        + "<span title=${item.lower}>${item.lower}</span></div>")
                .withProperty("upper", r -> orDash(upper.apply(r)))
                .withProperty("lower", r -> orDash(lower.apply(r))))
        .setHeader(header)
        .setWidth("7rem")
        .setResizable(true);
  }

  private static String orDash(@Nullable String fact) {
    return Objects.requireNonNullElse(fact, "–");
  }

  private void open(Refusal refusal) {
    Dialog dialog = new RefusalDialog(refusal, clock.instant());
    Button tester = tryToken(refusal.app());
    tester.addClickListener(click -> dialog.close());
    tester.setVisible(mayTest());
    dialog.getFooter().add(tester, new Button("Close", click -> dialog.close()));
    dialog.open();
  }

  private static Button tryToken(String app) {
    Button button = new Button("Try a token", VaadinIcon.FLASK.create());
    button.addThemeVariants(ButtonVariant.PRIMARY);
    button.addClickListener(click -> TesterLink.open(app));
    return button;
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    show(refusals.newest(SHOWN));
    updates.follow(this, () -> refusals.newest(SHOWN), this::show);
  }

  private void show(List<Refusal> newest) {
    shown = newest;
    table.refresh();
  }
}
