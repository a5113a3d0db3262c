package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.sallyport.appauth.AppAuthConfigDetails;
import dev.sallyport.appauth.AppAuthConfigInput;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.console.Fields;
import dev.sallyport.issuers.IssuerDetails;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Every field of a config, in sections.
final class ConfigForm extends Div {
  private final TextField name = new TextField("Name");
  private final TextArea description = new TextArea("Description");
  private final Checkbox enabled = new Checkbox("Enabled", true);
  private final IntegerField priority = new IntegerField("Priority");
  private final SelectorField selector = new SelectorField();
  private final IssuerFields issuer = new IssuerFields();
  private final TokenFields token = new TokenFields();
  private final EntryFields entry = new EntryFields();
  private final DurationField lifetime = new DurationField("Sessions end after");
  private final DurationField idle = new DurationField("Or after no call for");

  ConfigForm() {
    addClassName("sp-sections");
    name.setRequired(true);
    name.setPlaceholder("corp");
    name.setWidthFull();
    name.setHelperText("a-z, 0-9 and -. Shown in sessions and in the audit.");
    name.setValueChangeMode(ValueChangeMode.LAZY);
    description.setWidthFull();
    priority.setValue(0);
    priority.setStepButtonsVisible(true);
    priority.setWidth("10rem");
    Span order =
        new Span(
            "Of several configs for one app and issuer, the one with more labels decides, then the"
                + " higher priority, then the name.");
    order.addClassName("sp-group-help");
    lifetime.setValue(Duration.ofHours(12));
    idle.setValue(Duration.ofHours(1));
    section("This config", formOf(name, description, enabled, priority, order));
    section("Which apps", selector);
    section("Which issuer", issuer);
    section("What the token must be like", token);
    section("Who may enter", entry);
    section("How long a session lives", formOf(lifetime, idle));
  }

  private static Component formOf(Component... fields) {
    Div form = new Div(fields);
    form.addClassName("sp-form");
    return form;
  }

  private void section(String title, Component content) {
    Section section = new Section(new H3(title), content);
    section.addClassName("sp-section");
    add(section);
  }

  /// Where each problem belongs, as the rows stand now.
  Fields fields() {
    Fields fields =
        new Fields()
            .bind("name", name)
            .bind("description", description)
            .bind("priority", priority)
            .bind("sessionLifetime", lifetime)
            .bind("idleTimeout", idle);
    selector.bindTo(fields);
    issuer.bindTo(fields);
    token.bindTo(fields);
    entry.bindTo(fields);
    return fields;
  }

  void whenChanged(Runnable changed) {
    selector.whenChanged(changed);
    issuer.whenChanged(changed);
    token.whenChanged(changed);
    entry.whenChanged(changed);
    name.addValueChangeListener(change -> changed.run());
    enabled.addValueChangeListener(change -> changed.run());
    priority.addValueChangeListener(change -> changed.run());
  }

  void offer(List<AppDetails> apps, List<IssuerDetails> issuers) {
    selector.offerLabelsOf(apps);
    entry.offerApps(apps.stream().map(AppDetails::name).toList());
    issuer.offer(issuers);
  }

  /// `iss` may name the issuer that the config is to trust.
  void startNew(String iss) {
    selector.startWithOneRow();
    if (!iss.isEmpty()) {
      issuer.read(iss);
    }
  }

  void read(AppAuthConfigDetails config) {
    name.setValue(config.name());
    description.setValue(config.description());
    enabled.setValue(config.enabled());
    priority.setValue(config.priority());
    selector.read(config.appLabels());
    issuer.read(config.jwt().issuer());
    token.read(config.jwt());
    entry.read(config);
    lifetime.setValue(Duration.parse(config.sessionLifetime()));
    idle.setValue(Duration.parse(config.idleTimeout()));
  }

  @Nullable IssuerDetails knownIssuer() {
    return issuer.chosen();
  }

  Draft draft(@Nullable String id) {
    return new Draft(
        id,
        name.getValue().strip(),
        selector.selector(),
        issuer.text(),
        token.audience(),
        Objects.requireNonNullElse(priority.getValue(), 0),
        enabled.getValue(),
        entry.demandsNothing());
  }

  AppAuthConfigInput input() {
    return new AppAuthConfigInput(
        name.getValue().strip(),
        description.getValue().strip(),
        selector.selector(),
        issuer.input(token.audience()),
        token.usernameClaims(),
        token.algorithms(),
        token.maxTokenAge(),
        lifetime.iso(),
        idle.iso(),
        entry.rules(),
        entry.scopes(),
        entry.clients(),
        entry.viaApps(),
        token.acceptIdTokens(),
        Objects.requireNonNullElse(priority.getValue(), 0),
        enabled.getValue());
  }
}
