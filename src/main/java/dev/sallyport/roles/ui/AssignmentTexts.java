package dev.sallyport.roles.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.sallyport.console.ScopeField;
import dev.sallyport.roles.AssignmentDetails;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Assignments in words.
final class AssignmentTexts {
  private AssignmentTexts() {}

  static String name(AssignmentDetails assignment) {
    return Objects.requireNonNullElse(assignment.actorName(), assignment.actorId());
  }

  static Component badges(@Nullable Map<String, List<String>> scope) {
    if (scope == null) {
      return new Span(ScopeField.text(null));
    }
    Div badges = new Div();
    badges.addClassName("sp-badges");
    scope.forEach((key, values) -> badges.add(badge(ScopeField.text(Map.of(key, values)))));
    return badges;
  }

  private static Span badge(String text) {
    Span badge = new Span(text);
    badge.addClassName("sp-label");
    return badge;
  }

  /// Who keeps it.
  static String source(AssignmentDetails assignment) {
    return switch (assignment.source()) {
      case "manual" -> "By hand";
      case "bootstrap" -> "First administrator";
      case "key" -> assignment.actorKind().equals("workload") ? "The rule's own" : "The key's own";
      default -> "Group mapping";
    };
  }

  /// What to do to take it away where that is not done here.
  static String managed(AssignmentDetails assignment) {
    return assignment.source().equals("key")
        ? "Change or revoke the key or rule itself."
        : "Change the group mapping, or the person's groups at the identity provider; it follows at"
            + " the next sign-in.";
  }
}
