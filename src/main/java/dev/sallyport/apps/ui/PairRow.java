package dev.sallyport.apps.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.console.FieldRows;

/// Two texts that belong together: a label's key and value, an upstream's name and URL.
final class PairRow extends Div implements FieldRows.Row {
  final TextField left = new TextField();
  final TextField right = new TextField();

  PairRow(String leftName, String rightName) {
    left.setPlaceholder(leftName);
    left.setAriaLabel(leftName);
    right.setPlaceholder(rightName);
    right.setAriaLabel(rightName);
    addClassName("sp-pair");
    add(left, right);
  }

  PairRow with(String leftText, String rightText) {
    left.setValue(leftText);
    right.setValue(rightText);
    return this;
  }

  String leftText() {
    return left.getValue().strip();
  }

  String rightText() {
    return right.getValue().strip();
  }

  @Override
  public boolean isEmpty() {
    return leftText().isEmpty() && rightText().isEmpty();
  }
}
