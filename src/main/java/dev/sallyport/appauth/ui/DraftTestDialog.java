package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import java.util.List;

/// Tries a token with the form as it stands, before it is saved.
final class DraftTestDialog extends Dialog {
  DraftTestDialog(TesterPanel panel, List<String> matchingApps) {
    setHeaderTitle("Test a token with this draft");
    setWidth("min(70rem, 95vw)");
    Paragraph lead =
        new Paragraph(
            "Only this config is asked, as it stands in the form, saved or not. Nothing is opened"
                + " or changed.");
    lead.addClassNames("sp-group-help", "sp-gap");
    panel.offer(matchingApps);
    matchingApps.stream().findFirst().ifPresent(panel::choose);
    add(lead, panel);
    getFooter().add(new Button("Close", click -> close()));
  }
}
