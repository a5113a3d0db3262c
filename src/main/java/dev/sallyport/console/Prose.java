package dev.sallyport.console;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;

/// A sentence in which `backquotes` mark names of claims, fields and settings.
public final class Prose extends Paragraph {
  public Prose(String text) {
    String[] parts = text.split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].isEmpty()) {
        add(i % 2 == 0 ? new Span(parts[i]) : new Code(parts[i]));
      }
    }
  }
}
