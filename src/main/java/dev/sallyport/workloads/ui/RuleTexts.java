package dev.sallyport.workloads.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.sallyport.console.ScopeField;
import dev.sallyport.console.Status;
import dev.sallyport.console.TimeText;
import dev.sallyport.workloads.Condition;
import dev.sallyport.workloads.WorkloadRuleDetails;
import java.time.Instant;
import java.util.Objects;

/// Rules in words.
final class RuleTexts {
  private RuleTexts() {}

  static Component conditions(WorkloadRuleDetails rule) {
    Div lines = new Div();
    rule.conditions().stream().map(Condition::text).map(RuleTexts::line).forEach(lines::add);
    return lines;
  }

  private static Div line(String text) {
    Div line = new Div(text);
    line.addClassName("sp-wrap");
    return line;
  }

  static Component role(WorkloadRuleDetails rule) {
    Span role = new Span(Objects.requireNonNullElse(rule.role(), "none"));
    Span where = new Span(ScopeField.text(rule.scope()));
    Div cell = new Div(role, where);
    cell.addClassName("sp-two-lines");
    return cell;
  }

  static Component state(WorkloadRuleDetails rule) {
    return switch (rule.state()) {
      case WorkloadRuleDetails.LIVE -> new Status(Status.Tone.GOOD, "Live");
      case "expired" -> new Status(Status.Tone.OFF, "Expired");
      default -> new Status(Status.Tone.OFF, "Disabled");
    };
  }

  static Component used(WorkloadRuleDetails rule, Instant now) {
    Instant used = rule.lastUsedAt();
    if (used != null) {
      return new TimeText(used, now);
    }
    Span never = new Span("never");
    never.addClassName("sp-muted");
    return never;
  }
}
