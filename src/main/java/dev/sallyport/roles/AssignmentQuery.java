package dev.sallyport.roles;

import dev.sallyport.authz.ActorKind;
import dev.sallyport.persistence.Page;
import dev.sallyport.problem.PlainText;
import dev.sallyport.problem.SallyportException;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The filter of the assignments as query parameters: `actor` and `role` are ids.
public class AssignmentQuery {
  @QueryParam("kind")
  @Nullable String kind;

  @QueryParam("actor")
  @Nullable String actor;

  @QueryParam("role")
  @Nullable String role;

  @QueryParam("limit")
  @Nullable String limit;

  AssignmentList.Filter filter() {
    String wanted = text("kind", kind);
    if (wanted != null && Arrays.stream(ActorKind.values()).noneMatch(is(wanted))) {
      throw SallyportException.invalid("kind", "must be one of " + AssignmentCheck.kinds() + ".");
    }
    return new AssignmentList.Filter(wanted, text("actor", actor), text("role", role));
  }

  private static Predicate<ActorKind> is(String code) {
    return kind -> kind.code().equals(code);
  }

  int limit() {
    return Page.limit(limit);
  }

  private static @Nullable String text(String field, @Nullable String value) {
    if (!PlainText.isLine(value)) {
      throw SallyportException.invalid(field, "must be an id.");
    }
    return value == null || value.isBlank() ? null : value.strip();
  }
}
