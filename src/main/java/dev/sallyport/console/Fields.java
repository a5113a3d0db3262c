package dev.sallyport.console;

import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.shared.HasValidationProperties;
import dev.sallyport.problem.FieldProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Knows which form field stands for which field of an input, so that what a service says of
/// `jwt.issuer` is shown at the field. A path without a field of its own (`upstreams[1].url`) goes
/// to the longest bound beginning of it.
public final class Fields {
  private final Map<String, HasValidationProperties> bound = new LinkedHashMap<>();

  /// Binds a path of the service's input to a form field.
  public <F extends HasValidationProperties> Fields bind(String path, F field) {
    bound.put(path, field);
    if (field instanceof HasValue<?, ?> value) {
      value.addValueChangeListener(change -> field.setInvalid(false));
    }
    return this;
  }

  /// Takes all error messages away.
  public void clear() {
    bound.values().forEach(field -> field.setInvalid(false));
  }

  /// Shows each problem at its field; answers those that have none.
  public List<FieldProblem> show(List<FieldProblem> problems) {
    List<FieldProblem> homeless = new ArrayList<>();
    Map<HasValidationProperties, String> messages = new LinkedHashMap<>();
    for (FieldProblem problem : problems) {
      String path = bestPath(problem.field());
      if (path == null) {
        homeless.add(problem);
      } else {
        HasValidationProperties field = bound.get(path);
        messages.merge(field, sentence(problem, path), (a, b) -> a + " " + b);
      }
    }
    messages.forEach(Fields::mark);
    return homeless;
  }

  private static void mark(HasValidationProperties field, String message) {
    field.setErrorMessage(message);
    field.setInvalid(true);
  }

  private static String sentence(FieldProblem problem, String path) {
    String rest = problem.field().substring(path.length());
    return rest.isEmpty() ? capitalised(problem.detail()) : rest + " " + problem.detail();
  }

  private static String capitalised(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private @Nullable String bestPath(String path) {
    return bound.keySet().stream()
        .filter(known -> isBeginningOf(known, path))
        .max((a, b) -> Integer.compare(a.length(), b.length()))
        .orElse(null);
  }

  private static boolean isBeginningOf(String known, String path) {
    return path.startsWith(known)
        && (path.length() == known.length() || ".[".indexOf(path.charAt(known.length())) >= 0);
  }
}
