package dev.sallyport.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Paragraph;

/// The top of a view: its title, one sentence on what it is for, and what can be done here.
public final class PageHeader extends Header {
  private final Div buttons = new Div();

  public PageHeader(String title, String lead, Component... actions) {
    addClassName("sp-page-header");
    Paragraph sentence = new Paragraph(lead);
    sentence.addClassName("sp-lead");
    Div text = new Div(new H1(title), sentence);
    add(text);
    buttons.addClassName("sp-actions");
    buttons.add(actions);
    add(buttons);
  }

  /// Adds something to do, if whoever looks may do it.
  public PageHeader offer(boolean isAllowed, Component action) {
    if (isAllowed) {
      buttons.add(action);
    }
    return this;
  }
}
