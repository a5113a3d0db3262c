package dev.sallyport.console;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;

/// Puts a text on the clipboard. The browser does it alone, so that it works within the click.
public final class CopyButton extends Button {
  private static final String COPY =
      """
      const button = this;
      button.addEventListener('click', () => {
        navigator.clipboard.writeText(button.__text).then(
          () => button.setAttribute('data-copied', ''),
          () => button.setAttribute('data-failed', ''));
        setTimeout(() => {
          button.removeAttribute('data-copied');
          button.removeAttribute('data-failed');
        }, 1500);
      });
      """;

  public CopyButton(String what, String text) {
    super(VaadinIcon.COPY_O.create());
    addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    addThemeName("icon");
    addClassName("sp-copy");
    setAriaLabel("Copy " + what);
    setTooltipText("Copy " + what);
    getElement().setProperty("__text", text);
    addAttachListener(attach -> getElement().executeJs(COPY));
  }
}
