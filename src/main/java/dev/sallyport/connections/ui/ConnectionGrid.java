package dev.sallyport.connections.ui;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import dev.sallyport.connections.accounts.ConnectionDetails;
import dev.sallyport.console.TimeText;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A list of connections; a row leads to its details.
final class ConnectionGrid extends Grid<ConnectionDetails> {
  private final Clock clock;

  ConnectionGrid(Clock clock) {
    this.clock = clock;
    setSelectionMode(SelectionMode.NONE);
    getElement().setAttribute("aria-label", "Connected accounts");
  }

  /// Leads from the app to the details.
  ConnectionGrid withApp(Consumer<ConnectionDetails> open) {
    addColumn(
            LitRenderer.<ConnectionDetails>of(
                    "<button class='sp-link' @click=${open} title=${item.resource}>${item.app}"
                        + "</button>")
                .withProperty("app", ConnectionTexts::apps)
                .withProperty("resource", ConnectionDetails::resource)
                .withFunction("open", open::accept))
        .setHeader("App")
        .setFlexGrow(2)
        .setResizable(true);
    return this;
  }

  /// Says whose they are; for a list of more than one's own.
  ConnectionGrid withPerson() {
    text("Person", row -> row.person().username()).setFlexGrow(2);
    return this;
  }

  ConnectionGrid withFacts() {
    addComponentColumn(ConnectionTexts::badge).setHeader("Status").setFlexGrow(0).setWidth("10rem");
    text("Authorization server", ConnectionDetails::issuer).setFlexGrow(2);
    text("Scopes", row -> row.scopes().isEmpty() ? "–" : String.join(" ", row.scopes()));
    text("Token ends", row -> row.endedAt() == null ? when(row.expiresAt(), "never") : "–")
        .setFlexGrow(0)
        .setWidth("7rem");
    text("Last refresh", row -> when(row.lastRefreshAt(), "not yet"))
        .setFlexGrow(0)
        .setWidth("7.5rem");
    text("Since", row -> when(row.connectedAt(), "–")).setFlexGrow(0).setWidth("7rem");
    return this;
  }

  private String when(@Nullable Instant time, String absent) {
    return time == null ? absent : TimeText.relative(time, clock.instant());
  }

  private Column<ConnectionDetails> text(
      String header, ValueProvider<ConnectionDetails, String> value) {
    return addColumn(
            LitRenderer.<ConnectionDetails>of("<span title=${item.text}>${item.text}</span>")
                .withProperty("text", value))
        .setHeader(header)
        .setResizable(true);
  }
}
