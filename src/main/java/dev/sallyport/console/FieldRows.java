package dev.sallyport.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// A group of rows of fields that grows and shrinks. It can be marked wrong as a whole, for what is
/// wrong with no single row. Rows left empty count as not there.
public final class FieldRows<R extends Component & FieldRows.Row> extends FieldGroup {

  /// What a row has to say of itself.
  public interface Row {
    boolean isEmpty();
  }

  private static final int ROWS = 2;

  private final Supplier<R> newRow;
  private final List<R> rows = new ArrayList<>();
  private final Div body = new Div();
  private final Button add;
  private Runnable changed = () -> {};

  public FieldRows(String label, String help, String addText, Supplier<R> newRow) {
    super(label, help);
    this.newRow = newRow;
    this.add = new Button(addText, VaadinIcon.PLUS.create(), click -> append());
    add.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    body.addClassName("sp-rows");
    addComponentAtIndex(ROWS, body);
    add(add);
  }

  /// Told when a row comes or goes; the fields tell their own changes.
  public void whenChanged(Runnable listener) {
    changed = listener;
  }

  /// The rows that hold something, in their order.
  public List<R> filled() {
    return rows.stream().filter(row -> !row.isEmpty()).toList();
  }

  public R append() {
    R row = newRow.get();
    Div line = new Div(row);
    line.addClassName("sp-row");
    Button remove = new Button(VaadinIcon.CLOSE_SMALL.create());
    remove.addThemeVariants(ButtonVariant.TERTIARY);
    remove.setAriaLabel("Remove this row");
    remove.addClickListener(
        click -> {
          rows.remove(row);
          body.remove(line);
          add.focus();
          changed.run();
        });
    line.add(remove);
    body.add(line);
    rows.add(row);
    changed.run();
    return row;
  }

  /// Leads to the first wrong field of a form after a refusal.
  public static void showFirstError(Component form) {
    form.getElement()
        .executeJs(
            "setTimeout(() => this.querySelector('[invalid]')?.scrollIntoView({block: 'center'}))");
  }

  public void clear() {
    rows.clear();
    body.removeAll();
  }
}
