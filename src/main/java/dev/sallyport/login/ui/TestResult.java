package dev.sallyport.login.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.sallyport.console.Status;
import dev.sallyport.login.discovery.ProviderTest;
import java.util.List;
import java.util.Map;

/// How a test went, step by step.
final class TestResult extends Div {
  private static final Map<String, String> NAMES =
      Map.of(
          "dns", "Host name",
          "tls", "Certificate",
          "discovery", "Discovery document",
          "issuer", "Issuer equal",
          "jwks", "Keys",
          "algorithms", "Algorithms",
          "iss-parameter", "Names itself (RFC 9207)",
          "clock", "Clock");

  TestResult() {
    addClassName("sp-result");
    setVisible(false);
  }

  void show(ProviderTest test) {
    removeAll();
    add(verdict(test.outcome()), steps(test.steps()));
    setVisible(true);
    getElement().executeJs("this.scrollIntoView({block: 'nearest'})");
  }

  private static Component verdict(String outcome) {
    boolean isFailed = outcome.equals("failed");
    VaadinIcon icon = isFailed ? VaadinIcon.BAN : VaadinIcon.CHECK_CIRCLE;
    Div banner = new Div(icon.create());
    banner.addClassNames("sp-verdict", isFailed ? "sp-refused" : "sp-accepted");
    banner.getElement().setAttribute("role", "status");
    String text =
        switch (outcome) {
          case "failed" -> "People can't sign in with this yet: see the step that failed.";
          case "warning" -> "People can sign in. Look at the warnings.";
          default -> "All is well up to the provider's sign-in page.";
        };
    Paragraph sentence = new Paragraph(text);
    sentence.addClassName("sp-strong");
    banner.add(sentence);
    return banner;
  }

  private static Component steps(List<ProviderTest.Step> steps) {
    NativeTableRow titles = new NativeTableRow();
    for (String title : List.of("Step", "Result", "What was found")) {
      titles.add(new NativeTableHeaderCell(title));
    }
    titles.getComponentAt(2).getElement().setAttribute("colspan", "3");
    NativeTableBody body = new NativeTableBody();
    steps.forEach(step -> body.add(row(step)));
    NativeTable table = new NativeTable(new NativeTableHeader(titles), body);
    table.addClassName("sp-checks");
    table.getElement().setAttribute("aria-label", "Steps of the test");
    return table;
  }

  private static NativeTableRow row(ProviderTest.Step step) {
    NativeTableCell detail = new NativeTableCell(step.detail());
    detail.getElement().setAttribute("colspan", "3");
    NativeTableRow row = new NativeTableRow();
    row.addClassName("sp-check-" + step.outcome());
    row.add(
        new NativeTableCell(NAMES.getOrDefault(step.step(), step.step())),
        new NativeTableCell(status(step.outcome())),
        detail);
    return row;
  }

  private static Status status(String outcome) {
    return switch (outcome) {
      case "ok" -> new Status(Status.Tone.GOOD, "OK");
      case "warning" -> new Status(Status.Tone.WARNING, "Warning");
      case "failed" -> new Status(Status.Tone.BAD, "Failed");
      default -> new Status(Status.Tone.OFF, "Skipped");
    };
  }
}
