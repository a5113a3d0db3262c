package dev.sallyport.console;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Span;

/// An id or address within a line, with a button that copies it.
public final class CopyText extends Span {
  public CopyText(String what, String text) {
    addClassName("sp-copy-text");
    add(new Code(text), new CopyButton(what, text));
  }
}
