package dev.sallyport.login.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.sallyport.console.StepTable;
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

  private static StepTable steps(List<ProviderTest.Step> steps) {
    return new StepTable("Steps of the test", steps.stream().map(TestResult::named).toList());
  }

  private static StepTable.Step named(ProviderTest.Step step) {
    String name = NAMES.getOrDefault(step.step(), step.step());
    return new StepTable.Step(name, step.outcome(), step.detail(), null);
  }
}
