package dev.sallyport.console;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;

/// A text to be pasted somewhere else, with a button that copies it.
public final class CodeBlock extends Div {
  public CodeBlock(String label, String code) {
    addClassName("sp-code");
    Span title = new Span(label);
    Div head = new Div(title, new CopyButton(label, code));
    head.addClassName("sp-code-head");
    Pre text = new Pre(code);
    // A region that scrolls must be reachable by keyboard.
    text.getElement().setAttribute("tabindex", "0");
    text.getElement().setAttribute("role", "region");
    text.getElement().setAttribute("aria-label", label);
    add(head, text);
  }
}
