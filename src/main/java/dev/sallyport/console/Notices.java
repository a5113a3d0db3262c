package dev.sallyport.console;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;

/// Short messages in the corner.
public final class Notices {
  private static final int SUCCESS_MILLIS = 4_000;

  private Notices() {}

  /// Says that something worked; goes by itself.
  public static void success(String text) {
    Notification notice = new Notification(text, SUCCESS_MILLIS);
    notice.setPosition(Notification.Position.BOTTOM_END);
    notice.addThemeVariants(NotificationVariant.SUCCESS);
    notice.open();
  }

  /// Says what was refused, why, and what helps; stays until it is closed.
  public static void refused(SallyportException refusal) {
    ProblemType type = refusal.type();
    Div text = new Div(strong(type.title()), new Prose(refusal.detail()));
    text.addClassName("sp-notice");
    Prose fix = new Prose(type.fix());
    fix.addClassName("sp-muted");
    text.add(fix);
    stay(text);
  }

  /// Says what is wrong; stays until it is closed.
  public static void error(String title, String detail) {
    Div text = new Div(strong(title), new Prose(detail));
    text.addClassName("sp-notice");
    stay(text);
  }

  private static void stay(Div text) {
    Notification notice = new Notification();
    notice.setPosition(Notification.Position.BOTTOM_END);
    notice.setDuration(0);
    notice.addThemeVariants(NotificationVariant.ERROR);
    notice.setAssertive(true);
    Button close = new Button(VaadinIcon.CLOSE_SMALL.create(), click -> notice.close());
    close.addThemeVariants(ButtonVariant.TERTIARY);
    close.setAriaLabel("Close this message");
    Shortcuts.addShortcutListener(notice, notice::close, Key.ESCAPE);
    Div row = new Div(VaadinIcon.WARNING.create(), text, close);
    row.addClassName("sp-notice-row");
    notice.add(row);
    notice.open();
  }

  private static Span strong(String text) {
    Span span = new Span(text);
    span.addClassName("sp-strong");
    return span;
  }
}
