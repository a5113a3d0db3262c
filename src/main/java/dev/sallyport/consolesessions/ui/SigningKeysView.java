package dev.sallyport.consolesessions.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.function.SerializableFunction;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.CopyText;
import dev.sallyport.console.LiveUpdates;
import dev.sallyport.console.Notices;
import dev.sallyport.console.PageHeader;
import dev.sallyport.console.Status;
import dev.sallyport.console.TimeText;
import dev.sallyport.keyring.SigningKeyDetails;
import dev.sallyport.keyring.SigningKeyService;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The keys that the server made to sign with.
@Route("signing-keys")
@PageTitle("Signing keys · Sallyport")
@Menu(title = "Signing keys", order = 72, icon = "vaadin:key-o")
@StyleSheet("context://sp-forms.css")
@RequiresPermission(Permission.AUTH_SIGNING_KEY_LIST)
class SigningKeysView extends Main {
  private final SigningKeyService keys;
  private final Actions actions;
  private final LiveUpdates updates;
  private final Clock clock;
  private final Grid<SigningKeyDetails> grid = new Grid<>();

  @Inject
  SigningKeysView(SigningKeyService keys, Actions actions, LiveUpdates updates, Clock clock) {
    this.keys = keys;
    this.actions = actions;
    this.updates = updates;
    this.clock = clock;
    column("Signs", "11rem", key -> new Span(KeyTexts.purpose(key.purpose()))).setFlexGrow(2);
    column("Key id", "13rem", key -> new CopyText("key id", key.id())).setFlexGrow(2);
    column("State", "7rem", SigningKeysView::state);
    column("Signs from", "8rem", key -> time(key.activeFrom()));
    column("Replaced", "8rem", key -> time(key.retiredAt()));
    column("Verifies until", "8rem", key -> time(key.verifiesUntil()));
    if (CallContext.current().actor().may(Permission.AUTH_SIGNING_KEY_ROTATE)) {
      column("", "7rem", this::button).setFlexGrow(0);
    }
    grid.addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    grid.setAllRowsVisible(true);
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.getElement().setAttribute("aria-label", "Signing keys");
    addClassName("sp-view");
    add(
        new PageHeader(
            "Signing keys",
            "Keys that this server made for itself. They are replaced by themselves when they are"
                + " old enough; replace one at once if it may have leaked."),
        grid);
  }

  private Grid.Column<SigningKeyDetails> column(
      String header, String width, SerializableFunction<SigningKeyDetails, Component> cell) {
    return grid.addColumn(new ComponentRenderer<>(cell))
        .setHeader(header)
        .setFlexGrow(1)
        .setWidth(width);
  }

  private static Component state(SigningKeyDetails key) {
    return switch (key.state()) {
      case "next" -> new Status(Status.Tone.NEUTRAL, "Next");
      case "active" -> new Status(Status.Tone.GOOD, "Active");
      default -> new Status(Status.Tone.OFF, "Retired");
    };
  }

  private Component time(@Nullable Instant time) {
    return time == null ? new Span("–") : new TimeText(time, clock.instant());
  }

  private Component button(SigningKeyDetails key) {
    if (!key.state().equals("active")) {
      return new Span();
    }
    Button rotate = new Button("Rotate…", VaadinIcon.REFRESH.create(), click -> ask(key));
    rotate.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    rotate.setAriaLabel("Rotate the key for " + KeyTexts.purpose(key.purpose()));
    return rotate;
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
    grid.setItems(keys.list());
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    refresh();
    updates.follow(this, keys::list, grid::setItems);
  }
}
