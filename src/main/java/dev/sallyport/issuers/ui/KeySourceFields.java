package dev.sallyport.issuers.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.shared.HasValidationProperties;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.problem.SallyportException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Where an issuer's keys come from: a JWKS URL, or a key set that is pasted.
public final class KeySourceFields extends Div {
  private static final String BY_URL = "JWKS URL";
  private static final String PASTED = "Pasted keys";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final RadioButtonGroup<String> source = new RadioButtonGroup<>("Keys");
  private final TextField url = new TextField("JWKS URL");
  private final TextArea pasted = new TextArea("Key set (JWKS)");

  public KeySourceFields() {
    addClassName("sp-form");
    source.setItems(BY_URL, PASTED);
    source.addValueChangeListener(change -> show());
    source.setValue(BY_URL);
    url.setWidthFull();
    url.setPlaceholder("https://idp.example.com/realms/corp/protocol/openid-connect/certs");
    url.setHelperText("Fetched by this server and kept fresh; it must be reachable from here.");
    pasted.setWidthFull();
    pasted.setMinRows(5);
    pasted.setMaxRows(14);
    pasted.addClassName("sp-code-field");
    pasted.setPlaceholder(
        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"…\",\"n\":\"…\",\"e\":\"AQAB\"}]}");
    pasted.setHelperText("Public keys only. They stay as they are until somebody changes them.");
    add(source, url, pasted);
  }

  /// The field that stands for the keys now: what is wrong with them is said there.
  public HasValidationProperties shown() {
    return isByUrl() ? url : pasted;
  }

  void read(@Nullable String jwksUrl, @Nullable String staticJwks) {
    source.setValue(jwksUrl != null ? BY_URL : PASTED);
    url.setValue(jwksUrl == null ? "" : jwksUrl);
    pasted.setValue(staticJwks == null ? "" : staticJwks);
  }

  public @Nullable String url() {
    String text = url.getValue().strip();
    return isByUrl() && !text.isEmpty() ? text : null;
  }

  /// The pasted set; refuses what is no JSON object.
  public @Nullable Map<String, Object> staticKeys(String prefix) {
    if (isByUrl() || pasted.isEmpty()) {
      return null;
    }
    try {
      return JSON.readValue(pasted.getValue(), new TypeReference<Map<String, Object>>() {});
    } catch (JacksonException e) {
      throw SallyportException.invalid(prefix + "staticJwks", "must be a JSON object with keys.");
    }
  }

  private boolean isByUrl() {
    return BY_URL.equals(source.getValue());
  }

  private void show() {
    url.setVisible(isByUrl());
    pasted.setVisible(!isByUrl());
  }
}
