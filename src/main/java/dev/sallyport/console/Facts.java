package dev.sallyport.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Span;
import org.jspecify.annotations.Nullable;

/// Names and values, one a line: the details of one thing.
public final class Facts extends DescriptionList {
  public Facts() {
    addClassName("sp-facts");
  }

  /// Adds a value; an absent one shows as a dash.
  public Facts add(String name, @Nullable String value) {
    return add(name, value == null || value.isEmpty() ? new Span("–") : new Span(value));
  }

  public Facts add(String name, Component value) {
    add(new Term(name), new Description(value));
    return this;
  }
}
