package dev.sallyport.login.ui;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Fields;
import dev.sallyport.login.GroupMappingDetails;
import dev.sallyport.login.MappingPreview;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.RecentSignIn;
import dev.sallyport.login.RecentSignIns;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;

/// Who would get what: somebody who signed in lately, or the groups in a token that is pasted. The
/// token is in the field and nowhere else; with the page it is gone.
@Dependent
class PreviewPanel extends Section {
  private final MappingPreview preview;
  private final RecentSignIns recent;
  private final Actions actions;

  private final Select<ProviderDetails> provider = new Select<>();
  private final ComboBox<RecentSignIn> person = new ComboBox<>("Somebody who signed in lately");
  private final TextArea token = new TextArea("Or an ID or access token of somebody");
  private final Div result = new Div();
  private final Fields fields = new Fields();

  @Inject
  PreviewPanel(MappingPreview preview, RecentSignIns recent, Actions actions) {
    this.preview = preview;
    this.recent = recent;
    this.actions = actions;
    addClassName("sp-section");
    provider.setLabel("Provider");
    provider.setItemLabelGenerator(ProviderDetails::name);
    provider.addValueChangeListener(change -> offerPeople());
    person.setWidth("24rem");
    person.setItems(List.of());
    person.setItemLabelGenerator(RecentSignIn::name);
    person.addValueChangeListener(change -> showPerson());
    token.setWidthFull();
    token.setMaxRows(6);
    token.addClassName("sp-code-field");
    token.setHelperText(
        "Its claims are only read: nothing is verified, stored or logged. It is forgotten when you"
            + " leave this page.");
    // A browser's spell checker or history may send or keep what is typed.
    token.getElement().setAttribute("spellcheck", "false").setAttribute("autocomplete", "off");
    fields.bind("token", token);
    result.getElement().setAttribute("role", "status");
    Div buttons = new Div(new Button("Show", click -> showToken()));
    buttons.addClassName("sp-buttons");
    Div form = new Div(provider, person, token, buttons, result);
    form.addClassName("sp-form");
    add(new H3("Who would get what"), form);
  }

  void offer(List<ProviderDetails> providers) {
    provider.setItems(providers);
    if (!providers.isEmpty()) {
      provider.setValue(providers.getFirst());
    }
  }

  private void offerPeople() {
    result.removeAll();
    ProviderDetails chosen = provider.getValue();
    person.clear();
    person.setItems(chosen == null ? List.of() : recent.of(chosen.id()));
  }

  private void showPerson() {
    RecentSignIn chosen = person.getValue();
    if (chosen != null) {
      actions
          .ask(() -> preview.ofGroups(chosen.providerId(), chosen.groups()))
          .ifPresent(this::show);
    }
  }

  private void showToken() {
    ProviderDetails chosen = provider.getValue();
    result.removeAll();
    if (chosen != null) {
      actions
          .call(() -> preview.ofToken(chosen.id(), token.getValue()), fields)
          .ifPresent(this::show);
    }
  }

  private void show(List<MappingPreview.Line> lines) {
    result.removeAll();
    if (lines.isEmpty()) {
      result.add(new Paragraph("There are no groups, so no role."));
      return;
    }
    UnorderedList list = new UnorderedList();
    list.addClassName("sp-plain-list");
    lines.forEach(line -> list.add(item(line)));
    result.add(list);
  }

  private static ListItem item(MappingPreview.Line line) {
    Span group = new Span(line.group());
    group.addClassName("sp-strong");
    String roles =
        line.mappings().stream().map(PreviewPanel::role).collect(Collectors.joining(", "));
    Span gives = new Span(roles.isEmpty() ? "gives nothing" : "gives " + roles);
    if (roles.isEmpty()) {
      gives.addClassName("sp-muted");
    }
    return new ListItem(group, gives);
  }

  private static String role(GroupMappingDetails mapping) {
    return MappingTexts.role(mapping);
  }

  @Override
  protected void onDetach(DetachEvent event) {
    token.clear();
    result.removeAll();
  }
}
