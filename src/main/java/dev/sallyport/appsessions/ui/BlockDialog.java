package dev.sallyport.appsessions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.appsessions.BlockInput;
import dev.sallyport.appsessions.BlockService;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Fields;
import dev.sallyport.console.Notices;
import dev.sallyport.console.Prose;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The form of a new block.
final class BlockDialog extends Dialog {
  private final TextField issuer = field("Issuer", "The `iss` of the person's tokens.");
  private final TextField subject = field("Subject", "Who it is at the issuer, never an e-mail.");
  private final TextField client = field("Client", "Empty: whatever client.");
  private final TextField app = field("App", "Its name. Empty: every app.");
  private final BlockChoice time = BlockChoice.forBlock();
  private final TextArea note = new TextArea("Note");
  private final Clock clock;

  BlockDialog(BlockService blocks, Actions actions, Clock clock, Runnable done) {
    this.clock = clock;
    setHeaderTitle("Block a person");
    setWidth("40rem");
    setMaxWidth("calc(100vw - 2rem)");
    setCloseOnOutsideClick(false);
    note.setHelperText("For whoever lifts it later.");
    note.setMaxLength(500);
    note.setWidthFull();
    Div form = new Div(explanation(), issuer, subject, client, app, time, note);
    form.addClassName("sp-form");
    add(form);
    Button block = new Button("Block", click -> save(blocks, actions, done));
    block.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
    getFooter().add(new Button("Cancel", click -> close()), block);
  }

  private static Prose explanation() {
    return new Prose(
        "What is live ends at once, and no token of theirs is let in until then, not even after a"
            + " new sign-in.");
  }

  private static TextField field(String label, String help) {
    TextField field = new TextField(label);
    field.setHelperText(help.replace("`", ""));
    field.setWidthFull();
    return field;
  }

  private void save(BlockService blocks, Actions actions, Runnable done) {
    Fields fields =
        new Fields()
            .bind("issuer", issuer)
            .bind("subject", subject)
            .bind("client", client)
            .bind("app", app)
            .bind("note", note);
    if (actions.change(() -> blocks.create(input()), fields)) {
      close();
      Notices.success("Blocked.");
      done.run();
    }
  }

  private BlockInput input() {
    Instant now = clock.instant();
    return new BlockInput(
        value(issuer.getValue()),
        value(subject.getValue()),
        value(client.getValue()),
        value(app.getValue()),
        null,
        time.time().until(now, now),
        value(note.getValue()));
  }

  private static @Nullable String value(String text) {
    return text.isBlank() ? null : text.strip();
  }
}
