package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.html.Div;
import dev.sallyport.appauth.AppAuthConfigDetails;
import dev.sallyport.appauth.AppAuthConfigInput.RuleInput;
import dev.sallyport.console.ChipsField;
import dev.sallyport.console.FieldRows;
import dev.sallyport.console.Fields;
import java.util.List;

/// Who of an issuer may enter.
final class EntryFields extends Div {
  private Runnable changed = () -> {};
  private final FieldRows<PatternRow> rules =
      new FieldRows<>(
          "Allow rules",
          "One rule that fits is enough. A value may be a glob (eng-*) or ^a regular expression$.",
          "Add rule",
          () -> new PatternRow("claim, such as groups", "any of", this::tell));
  private final ChipsField scopes = new ChipsField("Required scopes");
  private final ChipsField clients = new ChipsField("Allowed clients");
  private final ChipsField viaApps = new ChipsField("Apps that assertions may come through");

  EntryFields() {
    addClassName("sp-form");
    scopes.setHelperText("The token must have all of them.");
    clients.setHelperText("Client ids, to the letter. Empty: every client.");
    viaApps.setHelperText(
        "Only for an issuer that is this gateway itself: which apps may call on with what they got.");
    scopes.addValueChangeListener(change -> tell());
    clients.addValueChangeListener(change -> tell());
    rules.whenChanged(this::tell);
    add(rules, scopes, clients, viaApps);
  }

  void bindTo(Fields fields) {
    fields
        .bind("allow", rules)
        .bind("requiredScopes", scopes)
        .bind("allowedClients", clients)
        .bind("viaApps", viaApps);
    int index = 0;
    for (PatternRow row : rules.filled()) {
      String path = "allow[" + index++ + "]";
      fields.bind(path + ".claim", row.key).bind(path + ".anyOf", row.patterns);
    }
  }

  void whenChanged(Runnable listener) {
    changed = listener;
  }

  void offerApps(List<String> names) {
    viaApps.offer(names);
  }

  void read(AppAuthConfigDetails config) {
    rules.clear();
    config.allow().forEach(rule -> rules.append().with(rule.claim(), rule.anyOf()));
    scopes.setTexts(config.requiredScopes());
    clients.setTexts(config.allowedClients());
    viaApps.setTexts(config.viaApps());
  }

  List<RuleInput> rules() {
    return rules.filled().stream()
        .map(row -> new RuleInput(row.keyText(), row.patterns.texts()))
        .toList();
  }

  List<String> scopes() {
    return scopes.texts();
  }

  List<String> clients() {
    return clients.texts();
  }

  List<String> viaApps() {
    return viaApps.texts();
  }

  boolean demandsNothing() {
    return rules.filled().isEmpty() && scopes.isEmpty() && clients.isEmpty();
  }

  private void tell() {
    changed.run();
  }
}
