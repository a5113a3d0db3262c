package dev.sallyport.connections.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.connections.clients.ClientDetails;
import dev.sallyport.connections.clients.ClientInput;
import dev.sallyport.connections.clients.ClientService;
import dev.sallyport.connections.clients.ReturnAddresses;
import dev.sallyport.console.Actions;
import dev.sallyport.console.CodeBlock;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Fields;
import dev.sallyport.console.Notices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds a client that was registered at an authorization server, changes or deletes one.
final class ClientDialog extends Dialog {
  private final @Nullable ClientDetails client;
  private final TextField issuer = new TextField("Authorization server");
  private final TextField clientId = new TextField("Client id");
  private final Select<String> authentication = new Select<>();
  private final Div redirect = new Div();
  private final PasswordField secret = new PasswordField("Client secret");

  /// @param client absent for a new one
  ClientDialog(@Nullable ClientDetails client) {
    this.client = client;
    setHeaderTitle(client == null ? "New client" : "OAuth client");
    setWidth("34rem");
    issuer.setHelperText("Its issuer. It can't change later: no other server gets the secret.");
    issuer.setPlaceholder("https://login.example.com");
    authentication.setLabel("Proves itself by");
    authentication.setItems("basic", "post", "none");
    authentication.setItemLabelGenerator(ClientTexts::authentication);
    authentication.addValueChangeListener(
        change -> secret.setVisible(!"none".equals(change.getValue())));
    authentication.setValue("basic");
    secret.setRevealButtonVisible(false);
    secret.getElement().setAttribute("autocomplete", "new-password");
    secret.setHelperText("Stored encrypted and never shown again.");
    for (TextField field : List.of(issuer, clientId)) {
      field.setWidthFull();
    }
    secret.setWidthFull();
    authentication.setWidthFull();
    Div form = new Div(issuer, redirect, clientId, authentication, secret);
    form.addClassName("sp-form");
    add(form);
    redirect.setVisible(false);
    if (client != null) {
      read(client, form);
    }
  }

  private void read(ClientDetails stored, Div form) {
    issuer.setValue(stored.issuer());
    issuer.setReadOnly(true);
    clientId.setValue(stored.clientId());
    authentication.setValue(stored.authentication());
    if (stored.hasSecret()) {
      secret.setHelperText("Leave empty to keep the stored one.");
    }
    if (isOwn(stored)) {
      form.addComponentAsFirst(
          new Paragraph(
              "Sallyport registered this client itself. Deleted, it registers another one with the"
                  + " next sign-in."));
      clientId.setReadOnly(true);
      authentication.setReadOnly(true);
      secret.setVisible(false);
    }
  }

  private static boolean isOwn(ClientDetails stored) {
    return stored.kind().equals("registered");
  }

  /// Shows what the client must be registered with, as soon as it is known where.
  ClientDialog showing(ReturnAddresses addresses) {
    if (client != null) {
      show(client.redirectUri());
    } else {
      issuer.addValueChangeListener(
          change ->
              show(change.getValue().isBlank() ? "" : addresses.own(change.getValue().strip())));
    }
    return this;
  }

  private void show(String redirectUri) {
    redirect.removeAll();
    redirect.setVisible(!redirectUri.isEmpty());
    if (!redirectUri.isEmpty()) {
      redirect.add(new CodeBlock("Redirect URI to register there", redirectUri));
    }
  }

  void openFor(ClientService clients, Actions actions, Runnable done) {
    ClientDetails stored = client;
    getFooter().add(new Button("Cancel", click -> close()));
    if (stored != null) {
      Button delete =
          new Button("Delete", click -> askToDelete(() -> delete(clients, actions, done)));
      delete.addThemeVariants(ButtonVariant.ERROR, ButtonVariant.TERTIARY);
      getFooter().add(delete);
    }
    if (stored == null || !isOwn(stored)) {
      Button save =
          new Button(stored == null ? "Create" : "Save", click -> save(clients, actions, done));
      save.addThemeVariants(ButtonVariant.PRIMARY);
      getFooter().add(save);
    }
    open();
  }

  private void askToDelete(Runnable delete) {
    Confirm.ask(
        new Confirm.Question(
            "Delete this client?",
            "What people have connected with it ends.",
            List.of("They are asked to sign in at the authorization server again."),
            "Delete"),
        delete);
  }

  private void delete(ClientService clients, Actions actions, Runnable done) {
    ClientDetails stored = client;
    if (stored != null && actions.change(() -> clients.delete(stored.id(), stored.revision()))) {
      finish("Deleted.", done);
    }
  }

  private void save(ClientService clients, Actions actions, Runnable done) {
    ClientDetails stored = client;
    Fields fields =
        new Fields()
            .bind("issuer", issuer)
            .bind("clientId", clientId)
            .bind("clientSecret", secret)
            .bind("authentication", authentication);
    boolean isSaved =
        actions.change(
            () -> {
              if (stored == null) {
                clients.create(input());
              } else {
                clients.update(stored.id(), stored.revision(), input());
              }
            },
            fields);
    if (isSaved) {
      finish(stored == null ? "Created." : "Saved.", done);
    }
  }

  private void finish(String sentence, Runnable done) {
    close();
    Notices.success(sentence);
    done.run();
  }

  private ClientInput input() {
    boolean isPublic = "none".equals(authentication.getValue());
    return new ClientInput(
        issuer.getValue(),
        clientId.getValue(),
        isPublic || secret.isEmpty() ? null : secret.getValue(),
        authentication.getValue());
  }
}
