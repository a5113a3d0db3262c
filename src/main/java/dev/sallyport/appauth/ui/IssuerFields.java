package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.appauth.AppAuthConfigInput.JwtInput;
import dev.sallyport.console.Fields;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.issuers.ui.KeySourceFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The issuer of a config: a known one, whose keys stay as they are, or a new one with its keys.
final class IssuerFields extends Div {
  private final ComboBox<String> issuer = new ComboBox<>("Issuer (iss)");
  private final Span keysOfKnown = new Span();
  private final KeySourceFields keys = new KeySourceFields();
  private final TextField subjectClaim = new TextField("Subject claim");
  private List<IssuerDetails> known = List.of();
  private Runnable changed = () -> {};

  IssuerFields() {
    addClassName("sp-form");
    issuer.setWidthFull();
    issuer.setRequired(true);
    issuer.setAllowCustomValue(true);
    issuer.setItems(List.of());
    issuer.setPlaceholder("https://idp.example.com/realms/corp");
    issuer.setHelperText("Exactly as in the tokens; choose a known one or type a new one.");
    issuer.addCustomValueSetListener(event -> issuer.setValue(event.getDetail().strip()));
    issuer.addValueChangeListener(
        change -> {
          showKeys();
          changed.run();
        });
    keysOfKnown.addClassName("sp-group-help");
    subjectClaim.setWidthFull();
    subjectClaim.setPlaceholder("sub");
    subjectClaim.setHelperText("The claim that names a person for good: sub, or oid at Entra.");
    add(issuer, keysOfKnown, keys, subjectClaim);
    showKeys();
  }

  void bindTo(Fields fields) {
    fields
        .bind("jwt", issuer)
        .bind("jwt.issuer", issuer)
        .bind("jwt.subjectClaim", subjectClaim)
        .bind("jwt.jwksUrl", keys.shown())
        .bind("jwt.staticJwks", keys.shown());
  }

  void whenChanged(Runnable listener) {
    changed = listener;
  }

  void offer(List<IssuerDetails> issuers) {
    known = issuers;
    String chosen = text();
    issuer.setItems(issuers.stream().map(IssuerDetails::issuer).toList());
    if (!chosen.isEmpty()) {
      issuer.setValue(chosen);
    }
    showKeys();
  }

  void read(String iss) {
    issuer.setValue(iss);
  }

  String text() {
    String text = issuer.getValue();
    return text == null ? "" : text;
  }

  @Nullable IssuerDetails chosen() {
    return known.stream().filter(i -> i.issuer().equals(text())).findFirst().orElse(null);
  }

  /// The token part of a request, but for the audience; a known issuer goes without keys.
  JwtInput input(@Nullable String audience) {
    boolean isNew = chosen() == null;
    String subject = subjectClaim.getValue().strip();
    return new JwtInput(
        text(),
        audience,
        isNew ? keys.url() : null,
        isNew ? keys.staticKeys("jwt.") : null,
        isNew && !subject.isEmpty() ? subject : null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private void showKeys() {
    IssuerDetails chosen = chosen();
    boolean isNew = chosen == null && !text().isEmpty();
    keys.setVisible(isNew);
    subjectClaim.setVisible(isNew);
    keysOfKnown.setVisible(chosen != null);
    if (chosen != null) {
      String source =
          chosen.jwksUrl() == null ? "a key set stored here" : "keys from " + chosen.jwksUrl();
      keysOfKnown.setText(
          "Known issuer: %s, subject claim %s.".formatted(source, chosen.subjectClaim()));
    }
  }
}
