package dev.sallyport.connections.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import dev.sallyport.connections.tls.TlsDetails;
import dev.sallyport.connections.tls.TlsInput;
import dev.sallyport.connections.tls.TlsService;
import dev.sallyport.connections.tls.TlsUse;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Fields;
import dev.sallyport.console.Notices;
import java.util.List;
import java.util.Objects;

/// An app's own certificate and authorities, folded away.
final class TlsPanel extends Details {
  private final TextArea certificate = new TextArea("Client certificate");
  private final TextArea privateKey = new TextArea("Its private key");
  private final TextArea authorities = new TextArea("Certificate authorities");
  private final Paragraph now = new Paragraph();
  private final TlsUse use;
  private TlsDetails stored;

  TlsPanel(TlsUse use, TlsDetails stored) {
    this.use = use;
    this.stored = stored;
    setSummaryText(
        use == TlsUse.UPSTREAM ? "TLS towards the upstreams" : "TLS towards the token endpoint");
    certificate.setHelperText("PEM: the certificate, then what leads to its root.");
    privateKey.setHelperText("PKCS #8 PEM without a password. Stored encrypted, never shown.");
    authorities.setHelperText("PEM: trusted here besides the system's.");
    for (TextArea field : List.of(certificate, privateKey, authorities)) {
      field.setWidthFull();
      field.setMaxHeight("12rem");
      field.addClassName("sp-code-field");
    }
    now.addClassName("sp-group-help");
    Div form = new Div(now, certificate, privateKey, authorities);
    form.addClassName("sp-form");
    add(form);
    show(stored);
  }

  /// Lets it be changed.
  TlsPanel saving(TlsService tls, Actions actions) {
    add(new Button("Save TLS", click -> save(tls, actions)));
    return this;
  }

  private void save(TlsService tls, Actions actions) {
    Fields fields =
        new Fields()
            .bind("certificate", certificate)
            .bind("privateKey", privateKey)
            .bind("authorities", authorities);
    TlsInput input =
        new TlsInput(certificate.getValue(), privateKey.getValue(), authorities.getValue());
    actions
        .call(() -> tls.put(stored.appId(), use.code(), stored.revision(), input), fields)
        .ifPresent(
            saved -> {
              show(saved);
              Notices.success("Saved. New connections use it.");
            });
  }

  private void show(TlsDetails details) {
    stored = details;
    certificate.setValue(Objects.requireNonNullElse(details.certificate(), ""));
    authorities.setValue(Objects.requireNonNullElse(details.authorities(), ""));
    privateKey.clear();
    privateKey.setPlaceholder(details.hasPrivateKey() ? "Leave empty to keep the stored one." : "");
    TlsDetails.Shown shown = details.shown();
    now.setText(
        shown == null
            ? "No client certificate: it is called as anybody would."
            : "Sallyport shows itself as "
                + shown.subject()
                + ", until "
                + shown.notAfter().toString().substring(0, 10)
                + ".");
  }
}
