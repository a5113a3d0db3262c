package dev.sallyport.console;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.shared.HasValidationProperties;
import org.jspecify.annotations.Nullable;

/// Fields that belong together, with a title, a help, and a place for what is wrong with them as a
/// whole.
public class FieldGroup extends Div implements HasValidationProperties {
  private final Span error = new Span();
  private boolean invalid;

  protected FieldGroup(String label, String help) {
    Span title = new Span(label);
    title.addClassName("sp-group-title");
    Span hint = new Span(help);
    hint.addClassName("sp-group-help");
    error.addClassName("sp-group-error");
    error.getElement().setAttribute("role", "alert");
    error.setVisible(false);
    addClassName("sp-group");
    getElement().setAttribute("role", "group").setAttribute("aria-label", label);
    add(title, hint, error);
  }

  @Override
  public void setErrorMessage(@Nullable String message) {
    error.setText(message == null ? "" : message);
  }

  @Override
  public String getErrorMessage() {
    return error.getText();
  }

  @Override
  public void setInvalid(boolean invalid) {
    this.invalid = invalid;
    error.setVisible(invalid);
    getElement().setAttribute("invalid", invalid);
  }

  @Override
  public boolean isInvalid() {
    return invalid;
  }
}
