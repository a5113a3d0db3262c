package dev.sallyport.users.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Count;
import dev.sallyport.console.EmptyState;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.Notices;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.Status;
import dev.sallyport.console.TimeText;
import dev.sallyport.console.View;
import dev.sallyport.console.list.Slices;
import dev.sallyport.users.UserFilter;
import dev.sallyport.users.UserService;
import dev.sallyport.users.UserSummary;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who has signed in to the console.
@Route("users")
@Menu(title = "Users", order = 64, icon = "vaadin:users")
@RequiresPermission(Permission.AUTH_USER_READ)
class UsersView extends View {
  private final UserService users;
  private final Actions actions;
  private final LiveUpdates updates;
  private final Clock clock;
  private final Grid<UserSummary> grid = new Grid<>();
  private final Span total = new Span();
  private volatile UserFilter filter = UserFilter.all();

  @Inject
  UsersView(UserService users, Actions actions, LiveUpdates updates, Clock clock) {
    super("Users");
    this.users = users;
    this.actions = actions;
    this.updates = updates;
    this.clock = clock;
    total.addClassName("sp-strong");
    total.getElement().setAttribute("role", "status");
    Div bar = new Div(total);
    bar.addClassName("sp-bar");
    grid.getElement().setAttribute("aria-label", "Users");
    grid.setEmptyStateComponent(
        new EmptyState(
            VaadinIcon.USERS,
            "No user matches",
            "A person stands here from the first sign-in with an identity provider."));
    grid.setDataProvider(new CallbackDataProvider<>(this::fetch, this::size, UserSummary::id));
    addColumns();
    fillWindow();
    add(
        new PageHeader(
            "Users",
            "Everyone who has signed in to this console with an identity provider. Deactivating a"
                + " person ends everything of theirs at once."),
        new UserFilterBar(users.providers(), this::show),
        bar,
        grid);
    show(filter);
  }

  private void addColumns() {
    grid.addColumn(
            LitRenderer.<UserSummary>of(
                    "<button class='sp-link' @click=${open} title=${item.subject}>${item.name}"
                        + "</button>")
                .withProperty("name", UserSummary::displayName)
                .withProperty("subject", u -> u.subject() + " at " + u.issuer())
                .withFunction("open", this::open))
        .setHeader("User")
        .setFlexGrow(2)
        .setResizable(true);
    column("E-mail", UserSummary::email).setFlexGrow(2);
    grid.addComponentColumn(UsersView::state).setHeader("State").setFlexGrow(0).setWidth("9rem");
    column("Roles", UserTexts::roles).setFlexGrow(2);
    column("Provider", UserTexts::provider);
    column("Last sign-in", user -> when(user.lastSignInAt())).setFlexGrow(0).setWidth("8rem");
  }

  private static Component state(UserSummary user) {
    return UserTexts.isDeactivated(user)
        ? new Status(Status.Tone.OFF, "Deactivated")
        : new Status(Status.Tone.GOOD, "Active");
  }

  private String when(@Nullable Instant time) {
    return time == null ? "never" : TimeText.relative(time, clock.instant());
  }

  private Grid.Column<UserSummary> column(String header, ValueProvider<UserSummary, String> value) {
    return grid.addColumn(
            LitRenderer.<UserSummary>of("<span title=${item.text}>${item.text}</span>")
                .withProperty("text", u -> Objects.requireNonNullElse(value.apply(u), "–")))
        .setHeader(header)
        .setResizable(true);
  }

  private void open(UserSummary row) {
    UserSummary user = users.get(row.id());
    UserDialog dialog = new UserDialog(user, clock.instant());
    if (may(Permission.AUTH_USER_DEACTIVATE)) {
      if (UserTexts.isDeactivated(user)) {
        dialog.offer("Reactivate…", ButtonVariant.PRIMARY, () -> reactivate(user));
      } else {
        dialog.offer("Deactivate…", ButtonVariant.ERROR, () -> deactivate(user));
      }
    }
    dialog.open();
  }

  private void deactivate(UserSummary user) {
    Confirm.ask(
        UserTexts.deactivate(user),
        () -> done(() -> users.deactivate(user.id()), user.displayName() + " is deactivated."));
  }

  private void reactivate(UserSummary user) {
    Confirm.ask(
            UserTexts.reactivate(user),
            () -> done(() -> users.reactivate(user.id()), user.displayName() + " is active again."))
        .setConfirmButtonTheme("primary");
  }

  private void done(Runnable change, String sentence) {
    if (actions.change(change)) {
      Notices.success(sentence);
    }
    show(filter);
  }

  private Stream<UserSummary> fetch(Query<UserSummary, Void> query) {
    return Slices.fetch(query, (from, limit) -> users.slice(filter, from, limit));
  }

  private int size(Query<UserSummary, Void> query) {
    return (int) Math.min(users.count(filter), UserService.MAX_OFFSET);
  }

  private void show(UserFilter wanted) {
    filter = wanted;
    total.setText(Count.of(users.count(wanted), "user"));
    grid.getDataProvider().refreshAll();
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    updates.follow(this, () -> users.slice(filter, 0, 50), seen -> show(filter));
  }
}
