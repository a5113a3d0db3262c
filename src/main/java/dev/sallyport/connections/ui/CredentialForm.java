package dev.sallyport.connections.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.connections.CredentialKind;
import dev.sallyport.connections.UpstreamCredentialDetails;
import dev.sallyport.connections.UpstreamCredentialInput;
import dev.sallyport.console.ChipsField;
import dev.sallyport.console.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an app's upstreams get; shows the fields that the chosen kind has.
final class CredentialForm extends Div {
  private final Select<CredentialKind> kind = new Select<>();
  private final Paragraph meaning = new Paragraph();
  private final TextField header = new TextField("Header");
  private final PasswordField value = new PasswordField("Value");
  private final TextField tokenEndpoint = new TextField("Token endpoint");
  private final TextField clientId = new TextField("Client id");
  private final PasswordField clientSecret = new PasswordField("Client secret");
  private final Select<String> authentication = new Select<>();
  private final ChipsField scopes = new ChipsField("Scopes");
  private final TextField audience = new TextField("Audience");
  private final TextField resource = new TextField("Resource");
  private final Select<String> subjectType = new Select<>();
  private final Select<String> requestedType = new Select<>();
  private final TextField connectorId = new TextField("Connector id");
  private final TextField expectedIssuer = new TextField("Issuer of the new token");
  private final ConnectionFields connection = new ConnectionFields();
  private final Checkbox allowPlainHttp =
      new Checkbox("Send it in clear text to upstreams that have no TLS");

  CredentialForm(UpstreamCredentialDetails now) {
    addClassName("sp-form");
    explain();
    meaning.addClassName("sp-group-help");
    add(kind, meaning, header, value, tokenEndpoint, clientId, clientSecret, authentication);
    add(connection, scopes, audience, resource, connectorId, expectedIssuer);
    add(subjectType, requestedType, allowPlainHttp);
    kind.addValueChangeListener(change -> showFields());
    read(now);
  }

  private void explain() {
    kind.setLabel("Upstreams get");
    kind.setItems(CredentialKind.values());
    kind.setItemLabelGenerator(KindTexts::label);
    header.setPlaceholder("Authorization");
    tokenEndpoint.setPlaceholder("https://idp.example.com/token");
    authentication.setLabel("How the client proves itself");
    authentication.setItems("basic", "post", "none");
    audience.setHelperText("What the new token is for, if the endpoint wants to be told.");
    TokenTypes.offer(subjectType, "The caller's token is called");
    TokenTypes.offer(requestedType, "The new token shall be");
    connectorId.setHelperText("For Dex: which of its connectors knows the caller.");
    expectedIssuer.setHelperText("If empty: the endpoint without /token.");
    for (var field : List.of(header, tokenEndpoint, clientId, audience, resource)) {
      field.setWidthFull();
    }
    List.of(value, clientSecret).forEach(field -> field.setWidthFull());
    List.of(connectorId, expectedIssuer).forEach(field -> field.setWidthFull());
    kind.setWidthFull();
    scopes.setWidthFull();
  }

  private void read(UpstreamCredentialDetails now) {
    header.setValue(text(now.header()));
    tokenEndpoint.setValue(text(now.tokenEndpoint()));
    clientId.setValue(text(now.clientId()));
    authentication.setValue(Objects.requireNonNullElse(now.clientAuthentication(), "basic"));
    scopes.setTexts(now.scopes());
    audience.setValue(text(now.audience()));
    resource.setValue(text(now.resource()));
    TokenTypes.set(subjectType, now.subjectTokenType());
    TokenTypes.set(requestedType, now.requestedTokenType());
    connectorId.setValue(text(now.connectorId()));
    expectedIssuer.setValue(text(now.expectedIssuer()));
    connection.read(now);
    allowPlainHttp.setValue(now.allowPlainHttp());
    if (now.hasSecret()) {
      value.setHelperText("Leave it empty to keep the stored one.");
      clientSecret.setHelperText("Leave it empty to keep the stored one.");
    }
    kind.setValue(CredentialKind.valueOf(now.kind().toUpperCase(Locale.ROOT)));
    showFields();
  }

  private void showFields() {
    CredentialKind chosen = kind.getValue();
    meaning.setText(KindTexts.meaning(chosen));
    boolean isStatic = chosen == CredentialKind.STATIC;
    boolean exchanges = chosen == CredentialKind.EXCHANGE;
    boolean asks = exchanges || chosen == CredentialKind.CLIENT_CREDENTIALS;
    show(isStatic, header, value);
    boolean connects = isConnection();
    show(asks, tokenEndpoint, clientId, clientSecret, authentication, audience);
    show(asks || connects, scopes, resource);
    show(exchanges, connectorId, expectedIssuer, subjectType, requestedType);
    show(connects, connection);
    show(isStatic || asks || connects, allowPlainHttp);
    resource.setHelperText(
        connects
            ? "What tokens are for (RFC 8707). Left empty, the app says it."
            : "The app's URL at its authorization server (RFC 8707).");
    scopes.setHelperText(
        connects
            ? "Type one and press Enter. Left empty, the app says what it needs."
            : "Type one and press Enter.");
  }

  /// Whether people shall connect with their own accounts.
  boolean isConnection() {
    return kind.getValue() == CredentialKind.CONNECTION;
  }

  /// Told when another kind is chosen.
  void whenKindChanges(Runnable listener) {
    kind.addValueChangeListener(change -> listener.run());
  }

  private static void show(boolean visible, Component... fields) {
    for (Component field : fields) {
      field.setVisible(visible);
    }
  }

  UpstreamCredentialInput input() {
    return new UpstreamCredentialInput(
        kind.getValue().code(),
        textOrNull(header.getValue()),
        textOrNull(value.getValue()),
        textOrNull(tokenEndpoint.getValue()),
        textOrNull(expectedIssuer.getValue()),
        textOrNull(connectorId.getValue()),
        textOrNull(clientId.getValue()),
        textOrNull(clientSecret.getValue()),
        authentication.getValue(),
        scopes.texts(),
        textOrNull(audience.getValue()),
        textOrNull(resource.getValue()),
        TokenTypes.get(subjectType),
        TokenTypes.get(requestedType),
        allowPlainHttp.getValue(),
        connection.authorizationServer(),
        connection.authorizeParameters(),
        connection.perSession(),
        connection.shareGrant());
  }

  Fields fields() {
    Fields fields = new Fields();
    connection.bind(fields);
    return fields
        .bind("kind", kind)
        .bind("header", header)
        .bind("value", value)
        .bind("tokenEndpoint", tokenEndpoint)
        .bind("clientId", clientId)
        .bind("clientSecret", clientSecret)
        .bind("clientAuthentication", authentication)
        .bind("scopes", scopes)
        .bind("audience", audience)
        .bind("resource", resource)
        .bind("connectorId", connectorId)
        .bind("subjectTokenType", subjectType)
        .bind("requestedTokenType", requestedType)
        .bind("expectedIssuer", expectedIssuer);
  }

  private static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  private static @Nullable String textOrNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
