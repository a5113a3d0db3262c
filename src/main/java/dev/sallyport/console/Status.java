package dev.sallyport.console;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;
import java.util.Locale;

/// A state as icon and word; the colour only repeats what they say.
public final class Status extends Span {

  /// How a state is to be taken.
  public enum Tone {
    GOOD(VaadinIcon.CHECK_CIRCLE),
    BAD(VaadinIcon.CLOSE_CIRCLE),
    WARNING(VaadinIcon.WARNING),
    NEUTRAL(VaadinIcon.CIRCLE_THIN),
    OFF(VaadinIcon.MINUS_CIRCLE_O);

    private final VaadinIcon icon;

    Tone(VaadinIcon icon) {
      this.icon = icon;
    }
  }

  public Status(Tone tone, String text) {
    addClassNames("sp-status", "sp-" + tone.name().toLowerCase(Locale.ROOT));
    Icon icon = tone.icon.create();
    icon.getElement().setAttribute("aria-hidden", "true");
    add(icon, new Span(text));
  }
}
