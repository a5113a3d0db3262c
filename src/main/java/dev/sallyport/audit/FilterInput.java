package dev.sallyport.audit;

import dev.sallyport.problem.FieldErrors;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a filter from parameters, wherever they come from: a REST call, a page's address, a saved
/// filter.
public final class FilterInput {
  private static final int MAX_VALUES = 50;
  private static final int MAX_LENGTH = 500;

  private final Map<String, ? extends List<String>> query;
  private final FieldErrors errors;

  private FilterInput(Map<String, ? extends List<String>> query, FieldErrors errors) {
    this.query = query;
    this.errors = errors;
  }

  /// The filter; what is wrong is added to the errors, by parameter. Other parameters are not
  /// looked at.
  public static AuditFilter read(Map<String, ? extends List<String>> query, FieldErrors errors) {
    return new FilterInput(query, errors).filter();
  }

  private AuditFilter filter() {
    var values = new EnumMap<AuditField, Set<String>>(AuditField.class);
    for (AuditField field : AuditField.values()) {
      values.put(field, checked(field));
    }
    Instant from = instant("from");
    Instant to = instant("to");
    errors.addIf(
        from != null && to != null && !from.isBefore(to), "to", "must be later than `from`.");
    return new AuditFilter(values, from, to, null);
  }

  private Set<String> checked(AuditField field) {
    Set<String> wanted = texts(field.parameter());
    List<String> known = field.known();
    errors.addIf(
        !known.isEmpty() && !known.containsAll(wanted),
        field.parameter(),
        "must be one of " + String.join(", ", known) + ".");
    return wanted;
  }

  private Set<String> texts(String parameter) {
    Set<String> found = new LinkedHashSet<>();
    for (String value : Objects.requireNonNullElse(query.get(parameter), List.<String>of())) {
      if (value != null && !value.isBlank()) {
        found.add(value.strip());
      }
    }
    boolean isFit =
        found.size() <= MAX_VALUES
            && found.stream().allMatch(v -> v.length() <= MAX_LENGTH && v.indexOf('\0') < 0);
    errors.addIf(
        !isFit, parameter, "must be at most 50 texts of at most 500 characters, without NUL.");
    return isFit ? found : Set.of();
  }

  private @Nullable Instant instant(String parameter) {
    Set<String> found = texts(parameter);
    try {
      if (found.size() <= 1) {
        return found.isEmpty() ? null : Instant.parse(found.iterator().next());
      }
    } catch (DateTimeParseException e) {
      // the one sentence below says what a time looks like
    }
    errors.add(parameter, "must be a time such as 2026-01-31T12:00:00Z.");
    return null;
  }
}
