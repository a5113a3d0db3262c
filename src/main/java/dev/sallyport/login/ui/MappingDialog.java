package dev.sallyport.login.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.console.Actions;
import dev.sallyport.console.ChipsField;
import dev.sallyport.console.Fields;
import dev.sallyport.console.Notices;
import dev.sallyport.login.GroupMappingInput;
import dev.sallyport.login.GroupMappingService;
import dev.sallyport.login.ProviderDetails;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds a mapping: a group of a provider gets a role.
final class MappingDialog extends Dialog {
  private final Select<ProviderDetails> provider = new Select<>();
  private final ComboBox<String> group = new ComboBox<>("Group");
  private final Select<String> role = new Select<>();
  private final TextField label = new TextField("Only for apps with the label");
  private final ChipsField values = new ChipsField("and one of these values");

  MappingDialog(List<ProviderDetails> providers, List<String> roles) {
    setHeaderTitle("Add group mapping");
    setWidth("34rem");
    provider.setLabel("Provider");
    provider.setItems(providers);
    provider.setItemLabelGenerator(ProviderDetails::name);
    provider.setWidthFull();
    if (providers.size() == 1) {
      provider.setValue(providers.getFirst());
    }
    group.setWidthFull();
    group.setAllowCustomValue(true);
    group.setHelperText("As the provider writes it: upper and lower case count.");
    group.addCustomValueSetListener(event -> group.setValue(event.getDetail().strip()));
    role.setLabel("Role");
    role.setItems(roles);
    role.setWidthFull();
    label.setWidthFull();
    label.setPlaceholder("env");
    label.setHelperText("Left empty, the role holds everywhere.");
    Paragraph lead =
        new Paragraph("Whoever signs in with this group has this role until the group is gone.");
    Div form = new Div(lead, provider, group, role, label, values);
    form.addClassName("sp-form");
    add(form);
  }

  /// Groups that were seen at sign-ins, to choose from.
  MappingDialog offering(List<String> groups) {
    group.setItems(groups);
    return this;
  }

  void openFor(GroupMappingService mappings, Actions actions, Runnable done) {
    Button add = new Button("Add", click -> save(mappings, actions, done));
    add.addThemeName("primary");
    getFooter().add(new Button("Cancel", click -> close()), add);
    open();
  }

  private void save(GroupMappingService mappings, Actions actions, Runnable done) {
    Fields fields =
        new Fields()
            .bind("providerId", provider)
            .bind("group", group)
            .bind("roleId", role)
            .bind("scope", values);
    if (actions.change(() -> mappings.create(input()), fields)) {
      close();
      Notices.success("Added. It counts from each person's next sign-in.");
      done.run();
    }
  }

  private GroupMappingInput input() {
    ProviderDetails chosen = provider.getValue();
    return new GroupMappingInput(
        chosen == null ? null : chosen.id(), group.getValue(), role.getValue(), scope());
  }

  private @Nullable Map<String, List<String>> scope() {
    String key = label.getValue().strip();
    return key.isEmpty() && values.texts().isEmpty() ? null : Map.of(key, values.texts());
  }
}
