package dev.sallyport.appsessions;

import dev.sallyport.problem.SallyportException;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// The filter of session lists as query parameters.
public class SessionQuery {
  @QueryParam("app")
  @Nullable String app;

  @QueryParam("config")
  @Nullable String config;

  @QueryParam("user")
  @Nullable String user;

  @QueryParam("issuer")
  @Nullable String issuer;

  @QueryParam("subject")
  @Nullable String subject;

  @QueryParam("client")
  @Nullable String client;

  @QueryParam("state")
  @Nullable String state;

  SessionFilter filter() {
    try {
      return new SessionFilter(
          text(app),
          text(config),
          text(user),
          text(issuer),
          text(subject),
          text(client),
          SessionFilter.State.ofCode(state));
    } catch (IllegalArgumentException e) {
      throw SallyportException.invalid("state", "must be live, ended or all.");
    }
  }

  private static @Nullable String text(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }

  static @Nullable Instant instant(String field, @Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw SallyportException.invalid(field, "must be a time such as 2026-01-31T12:00:00Z.");
    }
  }

  static @Nullable Long count(String field, @Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw SallyportException.invalid(field, "must be a whole number.");
    }
  }
}
