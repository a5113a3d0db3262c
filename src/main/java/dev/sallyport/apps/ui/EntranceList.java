package dev.sallyport.apps.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.sallyport.apps.ui.Entrances.Entrance;
import dev.sallyport.console.Status;
import java.util.List;

/// The configs that open an app.
final class EntranceList {
  private static final String NOBODY = "Nobody yet";

  private EntranceList() {}

  static Component brief(List<Entrance> entrances) {
    if (entrances.isEmpty()) {
      return new Status(Status.Tone.WARNING, NOBODY);
    }
    Span names = new Span(String.join(", ", entrances.stream().map(Entrance::name).toList()));
    names.addClassName("sp-wrap");
    return names;
  }

  static Component full(List<Entrance> entrances) {
    if (entrances.isEmpty()) {
      return new Status(
          Status.Tone.WARNING,
          NOBODY
              + ": no enabled trusted issuer matches the app's labels, so every call is refused");
    }
    UnorderedList list = new UnorderedList();
    list.addClassName("sp-plain-list");
    entrances.forEach(entrance -> list.add(item(entrance)));
    return list;
  }

  private static ListItem item(Entrance entrance) {
    Anchor link = new Anchor("trusted-issuers/" + entrance.id(), entrance.name());
    link.setRouterIgnore(false);
    Span text =
        new Span(
            "Tokens of %s; %s%s"
                .formatted(
                    entrance.issuer(),
                    entrance.rules(),
                    entrance.audience() == null
                        ? ""
                        : "; audience " + entrance.audience() + " or the app's URL"));
    text.addClassName("sp-group-help");
    return new ListItem(link, text);
  }
}
