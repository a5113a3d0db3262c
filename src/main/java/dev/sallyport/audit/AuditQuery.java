package dev.sallyport.audit;

import dev.sallyport.problem.FieldErrors;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The filter of the audit as query parameters. All but the times may come several times.
public class AuditQuery {
  @QueryParam("category")
  @Nullable List<String> category;

  @QueryParam("event")
  @Nullable List<String> event;

  @QueryParam("actor")
  @Nullable List<String> actor;

  @QueryParam("resource")
  @Nullable List<String> resource;

  @QueryParam("outcome")
  @Nullable List<String> outcome;

  @QueryParam("reason")
  @Nullable List<String> reason;

  @QueryParam("address")
  @Nullable List<String> address;

  @QueryParam("requestId")
  @Nullable List<String> requestId;

  @QueryParam("from")
  @Nullable List<String> from;

  @QueryParam("to")
  @Nullable List<String> to;

  public AuditFilter filter() {
    var errors = new FieldErrors();
    AuditFilter filter = read(errors);
    errors.throwIfAny();
    return filter;
  }

  /// The filter; adds what is wrong with it.
  public AuditFilter read(FieldErrors errors) {
    return FilterInput.read(
        Map.of(
            "category", some(category),
            "event", some(event),
            "actor", some(actor),
            "resource", some(resource),
            "outcome", some(outcome),
            "reason", some(reason),
            "address", some(address),
            "requestId", some(requestId),
            "from", some(from),
            "to", some(to)),
        errors);
  }

  private static List<String> some(@Nullable List<String> values) {
    return values == null ? List.of() : values;
  }
}
