package dev.sallyport.problem;

/// One wrong field of an input: its path (`jwt.issuer`, `upstreams[0].url`) and what would be
/// right.
public record FieldProblem(String field, String detail) {
  /// Both in one, for who reads no list of fields.
  public String sentence() {
    return field + " " + detail;
  }
}
