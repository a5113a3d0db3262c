package dev.sallyport.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;

/// What stands where a list would be empty: what belongs here, and one thing to do about it.
public final class EmptyState extends Div {
  public EmptyState(VaadinIcon icon, String title, String explanation) {
    addClassName("sp-empty");
    Component picture = icon.create();
    picture.getElement().setAttribute("aria-hidden", "true");
    add(picture, new H2(title), new Paragraph(explanation));
  }

  /// Adds the one button that leads on, if whoever looks may press it.
  public EmptyState offer(boolean isAllowed, Button primary) {
    if (isAllowed) {
      primary.addThemeName("primary");
      add(primary);
    }
    return this;
  }
}
