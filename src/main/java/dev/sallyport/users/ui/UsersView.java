package dev.sallyport.users.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;
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
import dev.sallyport.console.View;
import dev.sallyport.console.list.RowLink;
import dev.sallyport.console.list.Table;
import dev.sallyport.console.list.TotalBar;
import dev.sallyport.persistence.Slice;
import dev.sallyport.users.UserFilter;
import dev.sallyport.users.UserService;
import dev.sallyport.users.UserSummary;
import jakarta.inject.Inject;
import java.time.Clock;

/// Who has signed in to the console.
@Route("users")
@Menu(title = "Users", order = 64, icon = "vaadin:users")
@RequiresPermission(Permission.AUTH_USER_READ)
class UsersView extends View {
  private final UserService users;
  private final Actions actions;
  private final LiveUpdates updates;
  private final Clock clock;
  private final Table<UserSummary> table = new Table<>("Users", UserSummary::id);
  private final TotalBar total = new TotalBar();
  private volatile UserFilter filter = UserFilter.all();

  @Inject
  UsersView(UserService users, Actions actions, LiveUpdates updates, Clock clock) {
    super("Users");
    this.users = users;
    this.actions = actions;
    this.updates = updates;
    this.clock = clock;
    columns();
    fillWindow();
    add(header(), new UserFilterBar(users.providers(), this::show), total, table);
    show(filter);
  }

  private static Component header() {
    return new PageHeader(
        "Users",
        "Everyone who has signed in to this console with an identity provider. Deactivating a"
            + " person ends everything of theirs at once.");
  }

  private static Component empty() {
    return new EmptyState(
        VaadinIcon.USERS,
        "No user matches",
        "A person stands here from the first sign-in with an identity provider.");
  }

  private void columns() {
    table.setEmptyStateComponent(empty());
    table.fetch(
        (from, limit) -> users.slice(filter, from, limit),
        () -> users.count(filter),
        Slice.DEEPEST);
    table
        .link("User", new RowLink<>(UserSummary::displayName, UsersView::identity, this::open))
        .setWidth("9rem")
        .setFlexGrow(2);
    table.line("E-mail", UserSummary::email).setWidth("11rem").setFlexGrow(2);
    table.narrow("State", "8rem", UsersView::state);
    table.line("Roles", UserTexts::roles).setWidth("9rem").setFlexGrow(2);
    table.line("Provider", UserTexts::provider);
    table.time("Last sign-in", "8rem", clock, UserSummary::lastSignInAt);
  }

  private static String identity(UserSummary user) {
    return user.subject() + " at " + user.issuer();
  }

  private static Component state(UserSummary user) {
    return UserTexts.isDeactivated(user)
        ? new Status(Status.Tone.OFF, "Deactivated")
        : new Status(Status.Tone.GOOD, "Active");
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

  private void show(UserFilter wanted) {
    filter = wanted;
    total.say(Count.of(users.count(wanted), "user"));
    table.refresh();
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    updates.follow(this, () -> users.slice(filter, 0, 50), seen -> show(filter));
  }
}
