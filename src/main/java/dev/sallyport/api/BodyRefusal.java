package dev.sallyport.api;

import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Says of a body that could not be read where it is wrong, and what would be right there.
final class BodyRefusal {
  private BodyRefusal() {}

  static SallyportException of(JacksonException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          SallyportException.invalid(path(unknown), "is no field here; " + known(unknown));
      case DatabindException wrong when !wrong.getPath().isEmpty() ->
          SallyportException.invalid(path(wrong), "must be " + wanted(wrong) + ".");
      case StreamReadException broken ->
          new SallyportException(
              ProblemType.INVALID_JSON,
              "The body is not JSON: line %d, column %d."
                  .formatted(broken.getLocation().getLineNr(), broken.getLocation().getColumnNr()));
      case MismatchedInputException more
          when more.getOriginalMessage().startsWith("Trailing token") ->
          new SallyportException(
              ProblemType.INVALID_JSON, "There is something behind the value of the body.");
      case DatabindException wrong ->
          new SallyportException(
              ProblemType.INVALID_JSON, "The body must be " + wanted(wrong) + ".");
      default -> new SallyportException(ProblemType.INVALID_JSON, "The body can't be read.");
    };
  }

  private static String known(UnrecognizedPropertyException unknown) {
    Collection<Object> names = unknown.getKnownPropertyIds();
    return names == null || names.isEmpty()
        ? "this takes none."
        : names.stream()
            .map(String::valueOf)
            .sorted()
            .collect(Collectors.joining(", ", "there are ", "."));
  }

  private static String wanted(DatabindException e) {
    return e instanceof MismatchedInputException mismatch
        ? name(mismatch.getTargetType())
        : "of another type";
  }

  private static String name(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a whole number";
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "a list";
    }
    if (Temporal.class.isAssignableFrom(type)) {
      return "a time such as 2026-01-31T12:00:00Z";
    }
    return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "text";
  }

  private static String path(DatabindException e) {
    return e.getPath().stream()
        .map(
            step ->
                step.getPropertyName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getPropertyName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }
}
