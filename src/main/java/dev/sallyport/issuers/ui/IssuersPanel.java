package dev.sallyport.issuers.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.sallyport.authz.Permission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Notices;
import dev.sallyport.console.View;
import dev.sallyport.console.list.RowButtons;
import dev.sallyport.console.list.Table;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.issuers.IssuerService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/// The known issuers, their keys, and how this node stands with them.
@Dependent
public class IssuersPanel extends Div {
  private final IssuerService issuers;
  private final KeyStatus keys;
  private final Actions actions;

  private final Table<IssuerDetails> table = new Table<>("Issuers", IssuerDetails::id);

  @Inject
  IssuersPanel(IssuerService issuers, KeyStatus keys, Actions actions) {
    this.issuers = issuers;
    this.keys = keys;
    this.actions = actions;
    table.text("Issuer", "10rem", IssuerDetails::issuer).setFlexGrow(3);
    table.text("Keys from", "10rem", IssuersPanel::source).setFlexGrow(3);
    table.wide("Keys here", "8rem", keys::brief).setFlexGrow(2);
    table.narrow("Subject claim", "8.5rem", issuer -> new Span(issuer.subjectClaim()));
    table.narrow("", "6.5rem", this::buttons);
    table.setItemDetailsRenderer(new ComponentRenderer<>(keys::of));
    table.setEmptyStateText("No issuers yet. The first one comes with the first config.");
    add(table);
  }

  /// Reads the list again.
  public void refresh() {
    table.show(issuers.list());
  }

  private static String source(IssuerDetails issuer) {
    String url = issuer.jwksUrl();
    return url == null ? "a key set stored here" : url;
  }

  private Component buttons(IssuerDetails issuer) {
    boolean mayEdit = View.may(Permission.ISSUER_EDIT);
    return new RowButtons()
        .offer(mayEdit, VaadinIcon.EDIT, "Change issuer " + issuer.issuer(), () -> change(issuer))
        .offer(
            mayEdit,
            VaadinIcon.TRASH,
            "Delete issuer " + issuer.issuer(),
            () -> askToDelete(issuer));
  }

  private void change(IssuerDetails issuer) {
    new IssuerDialog(issuer, issuers, actions, this::refresh).open();
  }

  private void askToDelete(IssuerDetails issuer) {
    Confirm.ask(
        new Confirm.Question(
            "Delete this issuer?",
            issuer.issuer(),
            List.of("Only possible when no config trusts it.", "Its stored keys are forgotten."),
            "Delete"),
        () -> {
          if (actions.change(() -> issuers.delete(issuer.id(), issuer.revision()))) {
            Notices.success("Issuer deleted.");
            refresh();
          }
        });
  }
}
