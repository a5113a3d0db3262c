package dev.sallyport.connections.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.sallyport.connections.accounts.ConnectionDetails;
import dev.sallyport.connections.accounts.ConnectionDetails.ConsentDetails;
import dev.sallyport.console.CopyText;
import dev.sallyport.console.Facts;
import dev.sallyport.console.TimeText;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everything about one connection but its tokens.
final class ConnectionDialog extends Dialog {
  private final ConnectionDetails connection;
  private final Instant now;

  ConnectionDialog(ConnectionDetails connection, Instant now) {
    this.connection = connection;
    this.now = now;
    setHeaderTitle(ConnectionTexts.apps(connection));
    setWidth("46rem");
    setMaxWidth("calc(100vw - 2rem)");
    Facts facts = new Facts();
    facts.add("Status", ConnectionTexts.badge(connection));
    addEnd(facts);
    addWhat(facts);
    addTimes(facts);
    facts.add("Connection id", new CopyText("connection id", connection.id()));
    add(facts);
    getFooter().add(new Button("Close", click -> close()));
  }

  private void addEnd(Facts facts) {
    if (connection.endedAt() != null) {
      facts.add("Why", ConnectionTexts.ending(connection));
      facts.add("Ended", time(connection.endedAt()));
      facts.add("Revoked at its server", ConnectionTexts.revocation(connection));
    }
    if (connection.lastError() != null) {
      facts.add("Last error", connection.lastError());
      facts.add("It happened", time(connection.lastErrorAt()));
    }
  }

  private void addWhat(Facts facts) {
    facts.add("Person", connection.person().username());
    facts.add("Subject", new CopyText("subject", connection.person().subject()));
    facts.add("Identity issuer", new CopyText("issuer", connection.person().issuer()));
    facts.add("Authorization server", new CopyText("server", connection.issuer()));
    facts.add("Client id there", connection.clientId());
    facts.add("Resource", new CopyText("resource", connection.resource()));
    facts.add("Scopes", String.join(" ", connection.scopes()));
    String session = connection.sessionId();
    if (session != null) {
      facts.add("For one session only", new CopyText("session id", session));
    }
  }

  private void addTimes(Facts facts) {
    facts.add("Connected", time(connection.connectedAt()));
    facts.add("Last refresh", time(connection.lastRefreshAt()));
    if (connection.endedAt() == null) {
      facts.add("Token ends", time(connection.expiresAt()));
      facts.add("Renews itself", connection.renewable() ? "Yes" : "No");
    }
  }

  private Component time(@Nullable Instant time) {
    return time == null ? new Span("–") : new TimeText(time, now);
  }

  /// Shows which agents may use it, each with a way to take that back.
  void showConsents(Consumer<ConsentDetails> withdraw) {
    if (connection.consents().isEmpty()) {
      return;
    }
    UnorderedList list = new UnorderedList();
    for (ConsentDetails consent : connection.consents()) {
      Button button = new Button("Take back…", click -> act(() -> withdraw.accept(consent)));
      button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
      button.setAriaLabel("Take back: " + ConnectionTexts.consent(consent));
      list.add(new ListItem(new Span(ConnectionTexts.consent(consent)), button));
    }
    Section agents = new Section(new H3("Agents that may use it"), list);
    agents.addClassName("sp-section");
    add(agents);
  }

  /// Offers the way to the sign-in at its server.
  void offerReconnect() {
    String url = connection.reconnectUrl();
    if (url != null) {
      Anchor link = new Anchor(url, "Connect again");
      link.setRouterIgnore(true);
      getFooter().add(link);
    }
  }

  void offer(String verb, ButtonVariant variant, Runnable action) {
    Button button = new Button(verb, click -> act(action));
    button.addThemeVariants(variant);
    getFooter().add(button);
  }

  private void act(Runnable action) {
    close();
    action.run();
  }
}
