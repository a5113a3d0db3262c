package dev.sallyport.console;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A time as people say it ("3 min ago"), with the exact one in UTC on hover.
@Tag("time")
public final class TimeText extends HtmlContainer {
  public TimeText(Instant time, Instant now) {
    getElement().setAttribute("datetime", exact(time));
    getElement().setAttribute("title", utc(time));
    setText(relative(time, now));
  }

  /// The time in UTC as people read it: "2026-03-01 12:00:00 UTC".
  public static String utc(Instant time) {
    return exact(time).replace('T', ' ').replace("Z", " UTC");
  }

  /// The time in UTC, to the second, as machines read it.
  public static String exact(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// The distance from now: "just now", "5 min ago", "in 3 h", or the date when it is far.
  public static String relative(Instant time, Instant now) {
    Duration distance = Duration.between(time, now);
    boolean isPast = !distance.isNegative();
    String text = amount(distance.abs());
    if (text.isEmpty()) {
      return time.toString().substring(0, 10);
    }
    if (text.equals("now")) {
      return isPast ? "just now" : "in a moment";
    }
    return isPast ? text + " ago" : "in " + text;
  }

  private static String amount(Duration distance) {
    long seconds = distance.toSeconds();
    if (seconds < 10) {
      return "now";
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + " min";
    }
    if (seconds < 86_400) {
      return seconds / 3_600 + " h";
    }
    return seconds < 14 * 86_400 ? seconds / 86_400 + " d" : "";
  }
}
