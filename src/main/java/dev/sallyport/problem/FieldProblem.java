package dev.sallyport.problem;

/// One wrong field of an input: its path (`jwt.issuer`, `upstreams[0].url`) and what would be
/// right.
public record FieldProblem(String field, String detail) {}
