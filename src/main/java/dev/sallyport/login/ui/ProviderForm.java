package dev.sallyport.login.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.console.ChipsField;
import dev.sallyport.console.Fields;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.ProviderInput;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Every field of a provider, in sections.
final class ProviderForm extends Div {
  private final TextField name = new TextField("Name");
  private final TextField issuer = new TextField("Issuer");
  private final TextField jwksUrl = new TextField("JWKS URL");
  private final TextField clientId = new TextField("Client id");
  private final PasswordField clientSecret = new PasswordField("Client secret");
  private final ChipsField scopes = new ChipsField("Scopes");
  private final TextField groupsClaim = new TextField("Groups claim");
  private final Checkbox userinfo = new Checkbox("Ask the userinfo endpoint for what is missing");
  private final Checkbox selfService =
      new Checkbox("Let people in whose groups have no role, for their own things", true);
  private final ChipsField domains = new ChipsField("Allowed e-mail domains");
  private final IntegerField window = new IntegerField("ID tokens may be this old (seconds)");
  private final Checkbox atHash = new Checkbox("ID tokens must carry at_hash", true);
  private final ChipsField logoutClients = new ChipsField("Other clients whose sign-outs count");
  private final RadioButtonGroup<String> logoutEnds = new RadioButtonGroup<>("A sign-out ends");
  private final Checkbox endConnections =
      new Checkbox("It also ends the person's connected accounts, here and at their issuers");
  private final Checkbox enabled = new Checkbox("Enabled", true);

  ProviderForm() {
    addClassName("sp-sections");
    identity();
    rules();
    logout();
    section("This provider", name, issuer, jwksUrl, clientId, clientSecret, scopes, enabled);
    section("What people may do", groupsClaim, userinfo, selfService);
    section("Who may come in", domains, window, atHash, help(AT_HASH));
    section("Signing out at the provider", logoutClients, logoutEnds, endConnections);
  }

  private static final String AT_HASH =
      "Entra ID and some others leave it out of the code flow; switch it off for those only.";

  private void identity() {
    full(name, "Corp", "Stands on the sign-in page: “Sign in with Corp”.");
    full(
        issuer,
        "https://idp.example.com/realms/corp",
        "To the letter as in the provider's discovery document; a slash at the end counts.");
    full(jwksUrl, "", "Only for a new issuer. Left empty, it comes from the provider's discovery.");
    full(clientId, "sallyport", "The client that you registered at the provider.");
    clientSecret.setWidthFull();
    clientSecret.setRevealButtonVisible(false);
    clientSecret.getElement().setAttribute("autocomplete", "new-password");
    scopes.offer(List.of("openid", "profile", "email", "groups", "roles"));
    scopes.setTexts(List.of("openid", "profile", "email"));
    scopes.setHelperText("openid is needed. Some providers give groups only with a scope.");
    name.setRequired(true);
    issuer.setRequired(true);
    clientId.setRequired(true);
  }

  private void rules() {
    full(
        groupsClaim,
        "groups",
        "A name, a path such as realm_access.roles, or a URL. Left empty, no groups are read.");
    groupsClaim.setValue("groups");
    domains.setHelperText("Exactly these, without sub-domains. Left empty, every address may in.");
    window.setValue(300);
    window.setMin(1);
    window.setMax(600);
    window.setWidth("16rem");
  }

  private void logout() {
    logoutClients.setHelperText(
        "Client ids of agents whose back-channel URL also points to this server.");
    logoutEnds.setItems(ProviderDetails.ENDS_SESSION, ProviderDetails.ENDS_PERSON);
    logoutEnds.setItemLabelGenerator(
        ends ->
            ends.equals(ProviderDetails.ENDS_PERSON)
                ? "everything of the person"
                : "that session, where the provider names it");
    logoutEnds.setValue(ProviderDetails.ENDS_SESSION);
  }

  private static void full(TextField field, String placeholder, String help) {
    field.setWidthFull();
    field.setPlaceholder(placeholder);
    field.setHelperText(help);
  }

  private static Component help(String text) {
    Span help = new Span(text);
    help.addClassName("sp-group-help");
    return help;
  }

  private void section(String title, Component... fields) {
    Div form = new Div(fields);
    form.addClassName("sp-form");
    Section section = new Section(new H3(title), form);
    section.addClassName("sp-section");
    add(section);
  }

  void startNew() {
    clientSecret.setRequired(true);
    clientSecret.setHelperText("Stored encrypted and never shown again.");
  }

  void read(ProviderDetails provider) {
    clientSecret.setHelperText("Leave empty to keep the stored one.");
    name.setValue(provider.name());
    issuer.setValue(provider.issuer());
    jwksUrl.setVisible(false);
    clientId.setValue(provider.clientId());
    scopes.setTexts(provider.scopes());
    groupsClaim.setValue(provider.groupsClaim());
    userinfo.setValue(provider.userinfoFallback());
    selfService.setValue(provider.selfService());
    domains.setTexts(provider.allowedEmailDomains());
    window.setValue(provider.iatWindowSeconds());
    atHash.setValue(provider.requireAtHash());
    logoutClients.setTexts(provider.logoutClients());
    logoutEnds.setValue(provider.logoutEnds());
    endConnections.setValue(provider.endConnectionsOnLogout());
    enabled.setValue(provider.enabled());
  }

  String issuer() {
    return issuer.getValue().strip();
  }

  /// Where each problem belongs.
  Fields fields() {
    return new Fields()
        .bind("name", name)
        .bind("issuer", issuer)
        .bind("jwksUrl", jwksUrl)
        .bind("clientId", clientId)
        .bind("clientSecret", clientSecret)
        .bind("scopes", scopes)
        .bind("groupsClaim", groupsClaim)
        .bind("allowedEmailDomains", domains)
        .bind("iatWindowSeconds", window)
        .bind("logoutClients", logoutClients)
        .bind("logoutEnds", logoutEnds);
  }

  ProviderInput input() {
    return new ProviderInput(
        name.getValue().strip(),
        issuer(),
        emptyToNull(jwksUrl.getValue().strip()),
        clientId.getValue().strip(),
        emptyToNull(clientSecret.getValue()),
        scopes.texts(),
        groupsClaim.getValue().strip(),
        userinfo.getValue(),
        domains.texts(),
        Objects.requireNonNullElse(window.getValue(), 0),
        atHash.getValue(),
        logoutClients.texts(),
        logoutEnds.getValue(),
        endConnections.getValue(),
        selfService.getValue(),
        enabled.getValue());
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
