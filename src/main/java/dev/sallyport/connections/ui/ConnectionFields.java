package dev.sallyport.connections.ui;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.connections.UpstreamCredentialDetails;
import dev.sallyport.console.ChipsField;
import dev.sallyport.console.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What only a connection has.
final class ConnectionFields extends Div {
  private final TextField server = new TextField("Authorization server");
  private final ChipsField parameters = new ChipsField("More parameters of the sign-in");
  private final Checkbox perSession = new Checkbox("Each session connects for itself");
  private final Checkbox share =
      new Checkbox("Share the connection with other apps of the same authorization server");

  ConnectionFields() {
    addClassName("sp-form");
    server.setWidthFull();
    server.setPlaceholder("https://login.example.com");
    server.setHelperText(
        "Its issuer, to the letter. Left empty, the app says it; set it for apps that don't.");
    parameters.setHelperText("Such as access_type=offline. Type one and press Enter.");
    add(server, parameters, share, perSession);
  }

  void read(UpstreamCredentialDetails now) {
    server.setValue(Objects.requireNonNullElse(now.authorizationServer(), ""));
    parameters.setTexts(
        now.authorizeParameters().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .sorted()
            .toList());
    perSession.setValue(now.perSession());
    share.setValue(now.shareGrant());
  }

  @Nullable String authorizationServer() {
    return server.getValue().isBlank() ? null : server.getValue().strip();
  }

  Map<String, String> authorizeParameters() {
    Map<String, String> all = new LinkedHashMap<>();
    for (String text : parameters.texts()) {
      String[] parts = text.split("=", 2);
      all.put(parts[0].strip(), parts.length < 2 ? "" : parts[1].strip());
    }
    return all;
  }

  boolean perSession() {
    return perSession.getValue();
  }

  boolean shareGrant() {
    return share.getValue();
  }

  void bind(Fields fields) {
    fields.bind("authorizationServer", server).bind("authorizeParameters", parameters);
  }
}
