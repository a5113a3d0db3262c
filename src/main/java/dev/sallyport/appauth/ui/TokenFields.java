package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.sallyport.appauth.AppAuthConfigDetails;
import dev.sallyport.console.Fields;
import dev.sallyport.jose.SigningAlgorithm;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a token must be like.
final class TokenFields extends Div {
  private static final String OFF = "off";

  private final TextField audience = new TextField("Audience (aud)");
  private final TextField usernameClaims = new TextField("User name claims");
  private final MultiSelectComboBox<String> algorithms =
      new MultiSelectComboBox<>(
          "Algorithms",
          Arrays.stream(SigningAlgorithm.values()).map(SigningAlgorithm::joseName).toList());
  private final Checkbox limitAge = new Checkbox("Only fresh tokens open a session", true);
  private final DurationField maxAge = new DurationField("Issued at most this long ago");
  private final Checkbox acceptIdTokens = new Checkbox("Accept ID tokens too");

  TokenFields() {
    addClassName("sp-form");
    audience.setHelperText("Besides the app's own URL, which is always accepted. May stay empty.");
    audience.setValueChangeMode(ValueChangeMode.LAZY);
    audience.setWidthFull();
    usernameClaims.setHelperText("The first one with a value is the user name.");
    usernameClaims.setWidthFull();
    algorithms.setPlaceholder("all that fit the key");
    algorithms.setHelperText("HS* and none don't exist here.");
    algorithms.setWidthFull();
    limitAge.addValueChangeListener(change -> maxAge.setVisible(change.getValue()));
    acceptIdTokens.setHelperText("Only where the identity provider gives clients no access token.");
    add(audience, usernameClaims, algorithms, limitAge, maxAge, acceptIdTokens);
    maxAge.setValue(Duration.ofMinutes(30));
    usernameClaims.setValue("email, preferred_username, sub");
  }

  void bindTo(Fields fields) {
    fields
        .bind("jwt.audience", audience)
        .bind("usernameClaims", usernameClaims)
        .bind("algorithms", algorithms)
        .bind("maxTokenAge", maxAge);
  }

  void whenChanged(Runnable changed) {
    audience.addValueChangeListener(change -> changed.run());
  }

  void read(AppAuthConfigDetails.Jwt jwt) {
    String aud = jwt.audience();
    audience.setValue(aud == null ? "" : aud);
    usernameClaims.setValue(String.join(", ", jwt.usernameClaims()));
    algorithms.setValue(new LinkedHashSet<>(jwt.algorithms()));
    boolean isLimited = !jwt.maxTokenAge().equals(OFF);
    limitAge.setValue(isLimited);
    if (isLimited) {
      maxAge.setValue(Duration.parse(jwt.maxTokenAge()));
    }
    acceptIdTokens.setValue(jwt.acceptIdTokens());
  }

  @Nullable String audience() {
    String text = audience.getValue().strip();
    return text.isEmpty() ? null : text;
  }

  List<String> usernameClaims() {
    return Stream.of(usernameClaims.getValue().split("[,\\s]+"))
        .filter(claim -> !claim.isEmpty())
        .toList();
  }

  List<String> algorithms() {
    return List.copyOf(algorithms.getValue());
  }

  String maxTokenAge() {
    return limitAge.getValue() ? maxAge.iso() : OFF;
  }

  boolean acceptIdTokens() {
    return acceptIdTokens.getValue();
  }
}
