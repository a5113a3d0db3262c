package dev.sallyport.connections.accounts;

import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.PlainText;
import dev.sallyport.problem.SallyportException;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/// The filter of connections as query parameters.
public class ConnectionQuery {
  @QueryParam("user")
  @Nullable String user;

  @QueryParam("issuer")
  @Nullable String issuer;

  @QueryParam("session")
  @Nullable String session;

  @QueryParam("app")
  @Nullable String app;

  @QueryParam("status")
  @Nullable String status;

  ConnectionFilter filter() {
    var errors = new FieldErrors();
    errors.addIf(!PlainText.isLine(user), "user", "must have no control characters.");
    errors.addIf(!PlainText.isLine(issuer), "issuer", "must have no control characters.");
    errors.addIf(!PlainText.isLine(session), "session", "must have no control characters.");
    errors.addIf(!PlainText.isLine(app), "app", "must have no control characters.");
    errors.throwIfAny();
    return new ConnectionFilter(
        text(user), text(issuer), text(session), text(app), status(text(status)));
  }

  private static @Nullable ConnectionStatus status(@Nullable String code) {
    return code == null
        ? null
        : ConnectionStatus.ofCode(code)
            .orElseThrow(
                () ->
                    SallyportException.invalid(
                        "status", "must be connected, auth_required, refresh_failing or revoked."));
  }

  private static @Nullable String text(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }

  static @Nullable Long count(@Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw SallyportException.invalid("expectedCount", "must be a whole number.");
    }
  }
}
