package dev.sallyport.connections.ui;

import dev.sallyport.connections.accounts.ConnectionDetails;
import dev.sallyport.console.TimeText;
import dev.sallyport.console.list.RowLink;
import dev.sallyport.console.list.Table;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A list of connections; a row leads to its details.
final class ConnectionGrid extends Table<ConnectionDetails> {
  private final Clock clock;

  ConnectionGrid(Clock clock) {
    super("Connected accounts", ConnectionDetails::id);
    this.clock = clock;
  }

  /// Leads from the app to the details.
  ConnectionGrid withApp(Consumer<ConnectionDetails> open) {
    link("App", new RowLink<>(ConnectionTexts::apps, ConnectionDetails::resource, open::accept))
        .setWidth("8rem")
        .setFlexGrow(2);
    return this;
  }

  /// Says whose they are; for a list of more than one's own.
  ConnectionGrid withPerson() {
    line("Person", row -> row.person().username()).setWidth("8rem").setFlexGrow(2);
    return this;
  }

  ConnectionGrid withFacts() {
    narrow("Status", "9rem", ConnectionTexts::badge);
    line("Authorization server", ConnectionDetails::issuer).setWidth("10.5rem").setFlexGrow(2);
    line("Scopes", row -> String.join(" ", row.scopes()));
    line("Token ends", row -> row.endedAt() == null ? when(row.expiresAt(), "never") : null)
        .setFlexGrow(0)
        .setWidth("6rem");
    line("Last refresh", row -> when(row.lastRefreshAt(), "not yet"))
        .setFlexGrow(0)
        .setWidth("7rem");
    time("Since", "6.5rem", clock, ConnectionDetails::connectedAt);
    return this;
  }

  private String when(@Nullable Instant time, String absent) {
    return time == null ? absent : TimeText.relative(time, clock.instant());
  }
}
