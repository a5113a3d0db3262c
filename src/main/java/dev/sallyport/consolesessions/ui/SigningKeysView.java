package dev.sallyport.consolesessions.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.CopyText;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.Notices;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.Status;
import dev.sallyport.console.View;
import dev.sallyport.console.list.RowAction;
import dev.sallyport.console.list.Table;
import dev.sallyport.keyring.SigningKeyDetails;
import dev.sallyport.keyring.SigningKeyService;
import jakarta.inject.Inject;
import java.time.Clock;

/// The keys that the server made to sign with.
@Route("signing-keys")
@Menu(title = "Signing keys", order = 72, icon = "vaadin:key-o")
@RequiresPermission(Permission.AUTH_SIGNING_KEY_LIST)
class SigningKeysView extends View {
  private final SigningKeyService keys;
  private final Actions actions;
  private final LiveUpdates updates;
  private final Clock clock;
  private final Table<SigningKeyDetails> table = new Table<>("Signing keys", SigningKeyDetails::id);

  @Inject
  SigningKeysView(SigningKeyService keys, Actions actions, LiveUpdates updates, Clock clock) {
    super("Signing keys");
    this.keys = keys;
    this.actions = actions;
    this.updates = updates;
    this.clock = clock;
    columns();
    add(
        new PageHeader(
            "Signing keys",
            "Keys that this server made for itself. They are replaced by themselves when they are"
                + " old enough; replace one at once if it may have leaked."),
        table);
  }

  private void columns() {
    table.text("Signs", "11rem", key -> KeyTexts.purpose(key.purpose())).setFlexGrow(2);
    table.wide("Key id", "12rem", key -> new CopyText("key id", key.id())).setFlexGrow(2);
    table.wide("State", "7rem", SigningKeysView::state);
    table.time("Signs from", "8rem", clock, SigningKeyDetails::activeFrom);
    table.time("Replaced", "8rem", clock, SigningKeyDetails::retiredAt);
    table.time("Verifies until", "8rem", clock, SigningKeyDetails::verifiesUntil);
    if (may(Permission.AUTH_SIGNING_KEY_ROTATE)) {
      table.action(
          "7rem",
          new RowAction<>("Rotate…", SigningKeysView::rotation, SigningKeysView::signs, this::ask));
    }
  }

  private static Component state(SigningKeyDetails key) {
    return switch (key.state()) {
      case "next" -> new Status(Status.Tone.NEUTRAL, "Next");
      case "active" -> new Status(Status.Tone.GOOD, "Active");
      default -> new Status(Status.Tone.OFF, "Retired");
    };
  }

  private static boolean signs(SigningKeyDetails key) {
    return key.state().equals("active");
  }

  private static String rotation(SigningKeyDetails key) {
    return "Rotate the key for " + KeyTexts.purpose(key.purpose());
  }

  private void ask(SigningKeyDetails key) {
    Confirm.ask(
        KeyTexts.question(key.purpose()),
        () -> {
          if (actions.change(() -> keys.rotate(key.purpose()))) {
            Notices.success("A new key was made.");
          }
          refresh();
        });
  }

  private void refresh() {
    table.show(keys.list());
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    refresh();
    updates.follow(this, keys::list, table::show);
  }
}
