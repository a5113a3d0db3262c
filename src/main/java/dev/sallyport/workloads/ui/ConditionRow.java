package dev.sallyport.workloads.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.console.ChipsField;
import dev.sallyport.console.FieldRows;
import dev.sallyport.workloads.Condition;
import dev.sallyport.workloads.WorkloadRuleInput.ConditionInput;

/// A claim and the patterns of which one must match.
final class ConditionRow extends Div implements FieldRows.Row {
  final TextField claim = new TextField();
  final ChipsField patterns = new ChipsField("");

  ConditionRow() {
    claim.setPlaceholder("claim, such as sub");
    claim.setAriaLabel("claim");
    patterns.setPlaceholder("such as repo:acme/web:*");
    patterns.setAriaLabel("one of these values");
    addClassName("sp-pair");
    add(claim, patterns);
  }

  ConditionRow with(Condition condition) {
    claim.setValue(condition.claim());
    patterns.setTexts(condition.anyOf());
    return this;
  }

  ConditionInput input() {
    return new ConditionInput(claim.getValue().strip(), patterns.texts());
  }

  @Override
  public boolean isEmpty() {
    return claim.getValue().isBlank() && patterns.getValue().isEmpty();
  }
}
