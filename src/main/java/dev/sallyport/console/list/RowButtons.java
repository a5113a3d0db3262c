package dev.sallyport.console.list;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;

/// What can be done with a row, as icons at its end.
public final class RowButtons extends Div {
  public RowButtons() {
    addClassName("sp-row-actions");
  }

  /// Adds one if it is allowed; `label` names what it does to which row.
  public RowButtons offer(boolean isAllowed, VaadinIcon icon, String label, Runnable action) {
    if (isAllowed) {
      Button button = new Button(icon.create(), click -> action.run());
      button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
      button.setAriaLabel(label);
      button.setTooltipText(label);
      add(button);
    }
    return this;
  }
}
