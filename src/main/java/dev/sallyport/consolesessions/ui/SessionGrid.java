package dev.sallyport.consolesessions.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.sallyport.console.ActorText;
import dev.sallyport.console.TimeText;
import dev.sallyport.console.list.RowAction;
import dev.sallyport.console.list.Table;
import dev.sallyport.consolesessions.ConsoleSessionDetails;
import java.time.Clock;
import java.util.function.Consumer;

/// A list of console sessions.
final class SessionGrid extends Table<ConsoleSessionDetails> {
  private final Clock clock;

  SessionGrid(Clock clock) {
    super("Console sessions", ConsoleSessionDetails::id);
    this.clock = clock;
  }

  /// Says whose sessions they are; for a list of more than one's own.
  SessionGrid withOwner() {
    wide(
        "Signed in",
        "8rem",
        row -> twoLines(row.actor().name(), ActorText.kind(row.actor().kind())));
    return this;
  }

  SessionGrid withFacts() {
    wide("Browser", "8rem", SessionGrid::browser);
    text("Address", "8rem", ConsoleSessionDetails::address);
    text("Through", "8rem", SessionGrid::through);
    time("Started", "7rem", clock, ConsoleSessionDetails::startedAt);
    time("Last seen", "7rem", clock, ConsoleSessionDetails::lastSeenAt);
    time("Ends", "7rem", clock, ConsoleSessionDetails::idleUntil)
        .setTooltipGenerator(
            row -> "Unless it is used; at the latest " + TimeText.utc(row.expiresAt()) + ".");
    return this;
  }

  SessionGrid withEnd(Consumer<ConsoleSessionDetails> end) {
    action("6rem", new RowAction<>("End…", SessionGrid::end, row -> true, end::accept));
    return this;
  }

  private static String end(ConsoleSessionDetails row) {
    return "End the session of " + row.actor().name() + " in " + BrowserName.of(row.userAgent());
  }

  private static Component browser(ConsoleSessionDetails row) {
    Span name = new Span(BrowserName.of(row.userAgent()));
    name.setTitle(row.userAgent());
    if (!row.current()) {
      return name;
    }
    Div both = new Div(name, new Badge("This one"));
    both.addClassName("sp-badges");
    return both;
  }

  private static String through(ConsoleSessionDetails row) {
    var provider = row.provider();
    return provider == null ? "API key or link" : provider.issuer();
  }

  private static Component twoLines(String first, String second) {
    Div lines = new Div(new Span(first), new Span(second));
    lines.addClassName("sp-two-lines");
    return lines;
  }
}
