package dev.sallyport.console.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;

/// Turns the console dark or light. The choice is the browser's own and stays there.
final class SchemeToggle extends Button {
  /// Puts a remembered choice into force; without one the system decides.
  static final String APPLY =
      """
      (() => {
        const chosen = localStorage.getItem('sallyport.scheme');
        if (chosen === 'dark' || chosen === 'light') {
          document.documentElement.style.colorScheme = chosen;
          document.documentElement.setAttribute('theme', chosen);
        }
      })();
      """;

  private static final String TOGGLE_ON_CLICK =
      """
      const button = this;
      button.addEventListener('click', () => {
        const root = document.documentElement;
        const set = localStorage.getItem('sallyport.scheme');
        const isDark = set ? set === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
        const next = isDark ? 'light' : 'dark';
        localStorage.setItem('sallyport.scheme', next);
        root.style.colorScheme = next;
        root.setAttribute('theme', next);
      });
      """;

  SchemeToggle() {
    super(VaadinIcon.ADJUST.create());
    addThemeVariants(ButtonVariant.TERTIARY);
    addThemeName("icon");
    setAriaLabel("Switch between dark and light");
    setTooltipText("Switch between dark and light");
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    getElement().executeJs(TOGGLE_ON_CLICK);
  }
}
