package dev.sallyport.connections.ui;

import com.vaadin.flow.component.button.ButtonVariant;
import dev.sallyport.connections.accounts.ConnectionDetails;
import dev.sallyport.connections.accounts.ConnectionDetails.ConsentDetails;
import dev.sallyport.connections.accounts.ConnectionService;
import dev.sallyport.connections.accounts.ConnectionStatus;
import dev.sallyport.connections.accounts.ConsentService;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Fields;
import dev.sallyport.console.Notices;
import java.time.Clock;

/// Opens connections and does to them what the viewer may; says what happened.
record ConnectionActions(
    ConnectionService connections, ConsentService consents, Actions actions, Clock clock) {

  /// What may be done to a connection.
  ///
  /// @param connect whether the viewer is the person who can sign in again
  record Rights(boolean connect, boolean refresh, boolean revoke) {}

  void open(ConnectionDetails row, Rights rights, Runnable after) {
    actions
        .ask(() -> connections.get(row.id()))
        .ifPresent(connection -> show(connection, rights, after));
  }

  private void show(ConnectionDetails connection, Rights rights, Runnable after) {
    ConnectionDialog dialog = new ConnectionDialog(connection, clock.instant());
    if (rights.revoke()) {
      dialog.showConsents(consent -> withdraw(consent, after));
    }
    if (rights.connect()) {
      dialog.offerReconnect();
    }
    boolean isLive = connection.endedAt() == null;
    if (rights.refresh() && isLive && connection.renewable()) {
      dialog.offer("Refresh now", ButtonVariant.TERTIARY, () -> refresh(connection, after));
    }
    if (rights.revoke() && isLive) {
      dialog.offer("Disconnect…", ButtonVariant.ERROR, () -> revoke(connection, after));
    }
    dialog.open();
  }

  private void refresh(ConnectionDetails connection, Runnable after) {
    actions
        .call(() -> connections.refresh(connection.id()), new Fields())
        .ifPresent(ConnectionActions::sayRefreshed);
    after.run();
  }

  private static void sayRefreshed(ConnectionDetails now) {
    String error = now.lastError();
    if (ConnectionTexts.status(now) == ConnectionStatus.CONNECTED) {
      Notices.success("Refreshed.");
    } else {
      String ending = ConnectionTexts.ending(now);
      Notices.error(
          "Not refreshed", ending != null ? ending : error != null ? error : "Try again later.");
    }
  }

  private void revoke(ConnectionDetails connection, Runnable after) {
    Confirm.ask(
        ConnectionTexts.revoke(connection),
        () -> {
          actions
              .call(() -> connections.revoke(connection.id()), new Fields())
              .ifPresent(ConnectionActions::sayRevoked);
          after.run();
        });
  }

  private static void sayRevoked(ConnectionDetails now) {
    Notices.success(
        "done".equals(now.revokedAtIssuer())
            ? "Disconnected, also at its authorization server."
            : "Disconnected.");
  }

  private void withdraw(ConsentDetails consent, Runnable after) {
    Confirm.ask(
        ConnectionTexts.withdraw(consent),
        () -> {
          if (actions.change(() -> consents.withdraw(consent.id()))) {
            Notices.success("Taken back.");
          }
          after.run();
        });
  }
}
