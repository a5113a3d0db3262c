package dev.sallyport.issuers.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Confirm;
import dev.sallyport.console.Notices;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.issuers.IssuerService;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/// The known issuers, their keys, and how this node stands with them.
@Dependent
public class IssuersPanel extends Div {
  @Inject IssuerService issuers;
  @Inject KeyStatus keys;
  @Inject Actions actions;

  private final Grid<IssuerDetails> grid = new Grid<>();

  @PostConstruct
  void build() {
    grid.addColumn(IssuerDetails::issuer).setHeader("Issuer").setFlexGrow(3);
    grid.addColumn(IssuersPanel::source).setHeader("Keys from").setFlexGrow(3);
    grid.addColumn(new ComponentRenderer<>(keys::brief)).setHeader("Keys here").setFlexGrow(2);
    grid.addColumn(IssuerDetails::subjectClaim)
        .setHeader("Subject claim")
        .setFlexGrow(0)
        .setWidth("8.5rem");
    grid.addColumn(new ComponentRenderer<>(this::buttons))
        .setHeader("")
        .setFlexGrow(0)
        .setWidth("6.5rem");
    grid.setItemDetailsRenderer(new ComponentRenderer<>(keys::of));
    grid.addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    grid.setAllRowsVisible(true);
    grid.setEmptyStateText("No issuers yet. The first one comes with the first config.");
    add(grid);
  }

  /// Reads the list again.
  public void refresh() {
    grid.setItems(issuers.list());
  }

  private static String source(IssuerDetails issuer) {
    String url = issuer.jwksUrl();
    return url == null ? "a key set stored here" : url;
  }

  private Component buttons(IssuerDetails issuer) {
    if (!CallContext.current().actor().may(Permission.ISSUER_EDIT)) {
      return new Span();
    }
    Button edit = icon(VaadinIcon.EDIT, "Change issuer " + issuer.issuer());
    edit.addClickListener(
        click -> new IssuerDialog(issuer, issuers, actions, this::refresh).open());
    Button delete = icon(VaadinIcon.TRASH, "Delete issuer " + issuer.issuer());
    delete.addClickListener(click -> askToDelete(issuer));
    Div buttons = new Div(edit, delete);
    buttons.addClassName("sp-row-actions");
    return buttons;
  }

  private static Button icon(VaadinIcon icon, String label) {
    Button button = new Button(icon.create());
    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    button.setAriaLabel(label);
    button.setTooltipText(label);
    return button;
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
