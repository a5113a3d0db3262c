package dev.sallyport.roles.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.console.ChipsField;
import dev.sallyport.console.FieldRows;

/// A label and the values of which an app must have one.
final class ScopeRow extends Div implements FieldRows.Row {
  final TextField key = new TextField();
  final ChipsField values = new ChipsField("");

  ScopeRow() {
    key.setPlaceholder("label");
    key.setAriaLabel("label");
    values.setPlaceholder("one of these values");
    values.setAriaLabel("one of these values");
    addClassName("sp-pair");
    add(key, values);
  }

  String keyText() {
    return key.getValue().strip();
  }

  @Override
  public boolean isEmpty() {
    return keyText().isEmpty() && values.getValue().isEmpty();
  }
}
