package dev.sallyport.apikeys.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import dev.sallyport.apikeys.ApiKeySummary;
import dev.sallyport.apikeys.KeyChange.Rotation;
import dev.sallyport.apikeys.KeyChangeService;
import dev.sallyport.console.Fields;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Gives a key a new value, and the old one time to be replaced.
final class RotateKeyDialog extends Dialog {
  /// How long the old value goes on.
  private enum Overlap {
    NONE("Ends at once", "PT0S"),
    HOUR("Goes on for an hour", "PT1H"),
    DAY("Goes on for a day", "P1D"),
    WEEK("Goes on for a week", "P7D");

    private final String text;
    private final String duration;

    Overlap(String text, String duration) {
      this.text = text;
      this.duration = duration;
    }
  }

  private final RadioButtonGroup<Overlap> overlap = new RadioButtonGroup<>("The old value");
  private final DateTimePicker until = new DateTimePicker("New end (UTC)");

  RotateKeyDialog(ApiKeySummary key, KeyAction action, KeyChangeService changes) {
    setHeaderTitle("Rotate “" + key.name() + "”");
    setWidth("32rem");
    overlap.setItems(Overlap.values());
    overlap.setItemLabelGenerator(choice -> choice.text);
    overlap.setValue(Overlap.DAY);
    overlap.setHelperText("If it may have leaked, let it end at once.");
    Instant end = key.expiresAt();
    until.setVisible(end != null);
    until.setHelperText(end == null ? null : "Empty: it stays " + end + ".");
    Div form =
        new Div(
            new Paragraph(
                "The key keeps its name, its role and its history; only the value is new."),
            overlap,
            until);
    form.addClassName("sp-form");
    add(form);
    Button rotate = new Button("Rotate", click -> rotate(key, action, changes));
    rotate.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(new Button("Cancel", click -> close()), rotate);
  }

  private void rotate(ApiKeySummary key, KeyAction action, KeyChangeService changes) {
    LocalDateTime end = until.getValue();
    var wanted =
        new Rotation(
            overlap.getValue().duration, end == null ? null : end.toInstant(ZoneOffset.UTC));
    Fields fields = new Fields().bind("overlap", overlap).bind("expiresAt", until);
    if (action.run(() -> changes.rotate(key.id(), wanted), fields)) {
      close();
    }
  }
}
