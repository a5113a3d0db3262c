package dev.sallyport.consolesessions.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.function.SerializableFunction;
import dev.sallyport.console.TimeText;
import dev.sallyport.consolesessions.ConsoleSessionDetails;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;

/// A list of console sessions.
final class SessionGrid extends Grid<ConsoleSessionDetails> {
  private final Clock clock;

  SessionGrid(Clock clock) {
    this.clock = clock;
    addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    setAllRowsVisible(true);
    setSelectionMode(SelectionMode.NONE);
    getElement().setAttribute("aria-label", "Console sessions");
  }

  /// Says whose sessions they are; for a list of more than one's own.
  SessionGrid withOwner() {
    wide("Signed in", row -> twoLines(row.actor().name(), row.actor().kind()));
    return this;
  }

  SessionGrid withFacts() {
    wide("Browser", SessionGrid::browser);
    wide("Address", row -> new Span(row.address().isEmpty() ? "–" : row.address()));
    wide("Through", SessionGrid::through);
    narrow("Started", row -> time(row.startedAt()));
    narrow("Last seen", row -> time(row.lastSeenAt()));
    narrow("Ends", row -> time(row.idleUntil()))
        .setTooltipGenerator(
            row -> "Unless it is used; at the latest " + TimeText.exact(row.expiresAt()) + ".");
    return this;
  }

  SessionGrid withEnd(Consumer<ConsoleSessionDetails> end) {
    addColumn(new ComponentRenderer<Component, ConsoleSessionDetails>(row -> button(row, end)))
        .setHeader("")
        .setFlexGrow(0)
        .setWidth("6rem");
    return this;
  }

  private static Component button(
      ConsoleSessionDetails row, Consumer<ConsoleSessionDetails> action) {
    Button button =
        new Button("End…", VaadinIcon.CLOSE_SMALL.create(), click -> action.accept(row));
    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR, ButtonVariant.SMALL);
    button.setAriaLabel(
        "End the session of " + row.actor().name() + " in " + BrowserName.of(row.userAgent()));
    return button;
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

  private static Component through(ConsoleSessionDetails row) {
    var provider = row.provider();
    if (provider == null) {
      return new Span("API key or link");
    }
    Span issuer = new Span(provider.issuer());
    issuer.addClassName("sp-wrap");
    return issuer;
  }

  private Component time(Instant time) {
    TimeText text = new TimeText(time, clock.instant());
    text.addClassName("sp-nowrap");
    return text;
  }

  private static Component twoLines(String first, String second) {
    Div lines = new Div(new Span(first), new Span(second));
    lines.addClassName("sp-two-lines");
    return lines;
  }

  private void wide(String header, SerializableFunction<ConsoleSessionDetails, Component> cell) {
    addColumn(new ComponentRenderer<>(cell)).setHeader(header).setFlexGrow(1).setWidth("8rem");
  }

  private Column<ConsoleSessionDetails> narrow(
      String header, SerializableFunction<ConsoleSessionDetails, Component> cell) {
    return addColumn(new ComponentRenderer<>(cell))
        .setHeader(header)
        .setFlexGrow(0)
        .setWidth("7rem");
  }
}
