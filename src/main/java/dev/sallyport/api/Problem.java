package dev.sallyport.api;

import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.ProblemType;
import java.util.List;

/// A refusal on the wire (RFC 9457). `code` is the stable one; `errors` names wrong fields.
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    String requestId,
    List<FieldProblem> errors) {

  public static final String MEDIA_TYPE = "application/problem+json";

  public static Problem of(
      ProblemType type, String detail, String requestId, List<FieldProblem> errors) {
    return new Problem(
        "/problems/" + type.code(),
        type.title(),
        type.status(),
        detail,
        type.code(),
        requestId,
        errors);
  }
}
