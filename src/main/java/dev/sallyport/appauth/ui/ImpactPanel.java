package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;

/// What the edited config would mean, beside its form.
final class ImpactPanel extends Aside {
  private static final int SHOWN = 30;

  private final Div body = new Div();

  ImpactPanel() {
    addClassName("sp-side");
    H3 title = new H3("Matching apps");
    body.getElement().setAttribute("aria-live", "polite");
    add(title, body);
  }

  void show(Draft draft, Impact impact) {
    body.removeAll();
    if (!draft.hasSelector()) {
      body.add(new Paragraph("Add a label with a value to see which apps this config opens."));
      return;
    }
    body.add(new Paragraph(count(impact)));
    impact.warnings().forEach(warning -> body.add(warning(warning)));
    UnorderedList list = new UnorderedList();
    list.addClassName("sp-plain-list");
    impact.apps().stream().limit(SHOWN).forEach(app -> list.add(item(app, draft)));
    body.add(list);
    if (impact.apps().size() > SHOWN) {
      body.add(new Paragraph("… and " + (impact.apps().size() - SHOWN) + " more."));
    }
  }

  void showWithoutApps() {
    body.removeAll();
    body.add(new Paragraph("Apps are shown to those who hold the permission app.read."));
  }

  private static String count(Impact impact) {
    return switch (impact.apps().size()) {
      case 0 -> "No app has these labels yet. The config waits for one.";
      case 1 -> "1 app matches now.";
      default -> impact.apps().size() + " apps match now.";
    };
  }

  static Component warning(String text) {
    Div warning = new Div(VaadinIcon.WARNING.create(), new Span(text));
    warning.addClassName("sp-caution");
    warning.getElement().setAttribute("role", "note");
    return warning;
  }

  private static ListItem item(Impact.AtApp app, Draft draft) {
    Span name = new Span(app.app());
    name.addClassName("sp-strong");
    ListItem item = new ListItem(name);
    if (!draft.issuer().isEmpty()) {
      Span sentence = new Span(app.sentence());
      sentence.addClassName("sp-group-help");
      item.add(sentence);
    }
    return item;
  }
}
