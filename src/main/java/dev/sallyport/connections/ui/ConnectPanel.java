package dev.sallyport.connections.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.sallyport.authz.Permission;
import dev.sallyport.connections.clients.DiscoveryReport;
import dev.sallyport.console.CodeBlock;
import dev.sallyport.console.Facts;
import dev.sallyport.console.View;
import java.util.Optional;
import java.util.function.Supplier;

/// Finds out where people sign in for an app, and shows each step of it.
final class ConnectPanel extends Section {
  private final Div result = new Div();

  /// @param discover looks; empty when it was refused, which is shown already
  ConnectPanel(Supplier<Optional<DiscoveryReport>> discover) {
    addClassName("sp-section");
    Button run = new Button("Discover", VaadinIcon.CONNECT.create());
    run.setDisableOnClick(true);
    run.addClickListener(
        click -> {
          discover.get().ifPresent(this::show);
          run.setEnabled(true);
        });
    result.addClassName("sp-result");
    result.getElement().setAttribute("role", "status");
    Paragraph help =
        new Paragraph(
            "Asks the app and its authorization server with the settings above, without storing"
                + " anything, and says what people will meet.");
    help.addClassNames("sp-group-help", "sp-gap");
    Div content = new Div(run, result);
    content.addClassName("sp-sections");
    run.getStyle().set("justify-self", "start");
    if (View.mayEverywhere(Permission.CONNECTION_READ)) {
      content.add(new Anchor("/connected-accounts/clients", "OAuth clients"));
    }
    add(new H3("Connect"), help, content);
  }

  private void show(DiscoveryReport report) {
    result.removeAll();
    result.add(verdict(report));
    if (report.issuer() != null) {
      result.add(facts(report));
    }
    if (report.redirectUri() != null) {
      result.add(new CodeBlock("Redirect URI of the client there", report.redirectUri()));
    }
    result.add(DiscoverySteps.table(report.steps()));
  }

  private static Component verdict(DiscoveryReport report) {
    boolean isFailed = report.outcome().equals("failed");
    Div banner = new Div((isFailed ? VaadinIcon.BAN : VaadinIcon.CHECK_CIRCLE).create());
    banner.addClassNames("sp-verdict", isFailed ? "sp-refused" : "sp-accepted");
    Paragraph sentence =
        new Paragraph(
            switch (report.outcome()) {
              case "failed" -> "People can't connect to this app yet: see the step that failed.";
              case "warning" -> "People can probably connect. Look at the warnings.";
              default -> "All is well up to the authorization server's sign-in page.";
            });
    sentence.addClassName("sp-strong");
    banner.add(sentence);
    return banner;
  }

  private static Component facts(DiscoveryReport report) {
    return new Facts()
        .add("Authorization server", report.issuer())
        .add("Tokens are for", report.resource())
        .add(
            "Scopes",
            report.scopes().isEmpty()
                ? "the server's own choice"
                : String.join(" ", report.scopes()))
        .add("Sallyport comes as", ClientTexts.kind(report.clientKind()));
  }
}
