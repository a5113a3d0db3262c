package dev.sallyport.audit;

import dev.sallyport.problem.FieldErrors;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The filter of the audit as query parameters.
public class AuditQuery {
  @QueryParam("category")
  @Nullable String category;

  @QueryParam("event")
  @Nullable String event;

  @QueryParam("actor")
  @Nullable String actor;

  @QueryParam("resource")
  @Nullable String resource;

  @QueryParam("outcome")
  @Nullable String outcome;

  @QueryParam("from")
  @Nullable String from;

  @QueryParam("to")
  @Nullable String to;

  @QueryParam("limit")
  @Nullable String limit;

  AuditFilter filter() {
    var errors = new FieldErrors();
    AuditFilter filter =
        new AuditFilter(
            oneOf("category", category, categories(), errors),
            oneOf("event", event, events(), errors),
            text(actor),
            text(resource),
            oneOf("outcome", outcome, outcomes(), errors),
            instant("from", from, errors),
            instant("to", to, errors));
    errors.throwIfAny();
    return filter;
  }

  int limit() {
    var errors = new FieldErrors();
    int number = 50;
    if (limit != null && limit.matches("[0-9]{1,4}")) {
      number = Integer.parseInt(limit);
    } else {
      errors.addIf(limit != null, "limit", "must be 1 to 200.");
    }
    errors.addIf(number < 1 || number > 200, "limit", "must be 1 to 200.");
    errors.throwIfAny();
    return number;
  }

  private static List<String> categories() {
    return Arrays.stream(AuditCategory.values()).map(AuditCategory::code).toList();
  }

  private static List<String> events() {
    return Arrays.stream(AuditEventName.values()).map(AuditEventName::code).toList();
  }

  private static List<String> outcomes() {
    return Arrays.stream(AuditEntry.Outcome.values())
        .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static @Nullable String text(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static @Nullable String oneOf(
      String field, @Nullable String value, List<String> known, FieldErrors errors) {
    String text = text(value);
    errors.addIf(
        text != null && !known.contains(text),
        field,
        "must be one of " + String.join(", ", known) + ".");
    return text;
  }

  private static @Nullable Instant instant(
      String field, @Nullable String value, FieldErrors errors) {
    String text = text(value);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      errors.add(field, "must be a time such as 2026-01-31T12:00:00Z.");
      return null;
    }
  }
}
