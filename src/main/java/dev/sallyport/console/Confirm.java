package dev.sallyport.console;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.List;

/// Asks before something that can't be undone, and says what will follow.
public final class Confirm {

  /// A question: its title, one sentence, what follows from a yes, and the verb on the button.
  public record Question(String title, String sentence, List<String> consequences, String verb) {}

  private Confirm() {}

  /// Opens the question; runs the action on yes.
  public static ConfirmDialog ask(Question question, Runnable action) {
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader(question.title());
    dialog.setText(body(question));
    dialog.setCancelable(true);
    dialog.setCancelText("Cancel");
    dialog.setConfirmText(question.verb());
    dialog.setConfirmButtonTheme("error primary");
    dialog.addConfirmListener(confirmed -> action.run());
    dialog.open();
    return dialog;
  }

  private static Div body(Question question) {
    Div body = new Div(new Paragraph(question.sentence()));
    body.addClassName("sp-confirm");
    if (!question.consequences().isEmpty()) {
      UnorderedList list = new UnorderedList();
      question.consequences().forEach(text -> list.add(new ListItem(text)));
      body.add(list);
    }
    return body;
  }
}
