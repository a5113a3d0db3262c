package dev.sallyport.problem;

import jakarta.ejb.ApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A refusal on its way to the caller. The detail is for the caller's eyes: no secret, no SQL, no
/// stack. Rolls the transaction back.
@ApplicationException(rollback = true)
public final class SallyportException extends RuntimeException {
  private final ProblemType type;
  private final transient List<FieldProblem> errors;
  private final @Nullable Duration retryAfter;

  public SallyportException(ProblemType type, String detail) {
    this(type, detail, List.of(), null, null);
  }

  public SallyportException(ProblemType type, String detail, @Nullable Throwable cause) {
    this(type, detail, List.of(), cause, null);
  }

  private SallyportException(
      ProblemType type,
      String detail,
      List<FieldProblem> errors,
      @Nullable Throwable cause,
      @Nullable Duration retryAfter) {
    super(detail, cause);
    this.retryAfter = retryAfter;
    this.type = type;
    this.errors = List.copyOf(errors);
  }

  /// Refuses an input because of these fields.
  public static SallyportException invalid(List<FieldProblem> errors) {
    String detail =
        errors.size() == 1 ? errors.getFirst().sentence() : errors.size() + " fields are wrong.";
    return new SallyportException(ProblemType.INVALID, detail, errors, null, null);
  }

  public static SallyportException invalid(String field, String detail) {
    return invalid(List.of(new FieldProblem(field, detail)));
  }

  /// Refuses for a while.
  public static SallyportException retryAfter(ProblemType type, Duration wait) {
    String detail = type.cause() + " Try again in " + Math.max(1, wait.toSeconds()) + " s.";
    return new SallyportException(type, detail, List.of(), null, wait);
  }

  /// When the caller may try again; absent where waiting does not help.
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /// The same for the header `Retry-After`: whole seconds, rounded up, at least one.
  public OptionalLong retryAfterSeconds() {
    return retryAfter == null
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds()));
  }

  public ProblemType type() {
    return type;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public List<FieldProblem> errors() {
    return errors;
  }
}
