package dev.sallyport.console.list;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/// The line above a list that says how many there are, with what else belongs there at its end.
public class TotalBar extends Div {
  private final Span total = new Span();

  public TotalBar(Component... parts) {
    addClassName("sp-bar");
    total.addClassNames("sp-strong", "sp-grow");
    total.getElement().setAttribute("role", "status");
    add(total);
    add(parts);
  }

  /// Says how many; whoever can't see it hears it.
  public final void say(String count) {
    total.setText(count);
  }
}
