package dev.sallyport.console.shell;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.NativeButton;

/// A plain form: signing out works by POST only, and even when the page has lost its server.
@Tag("form")
final class SignOut extends HtmlContainer {
  SignOut() {
    getElement().setAttribute("method", "post").setAttribute("action", "/auth/logout");
    NativeButton button = new NativeButton("Sign out");
    button.getElement().setAttribute("type", "submit");
    button.addClassName("sp-sign-out");
    add(button);
  }
}
