package dev.sallyport.appsessions;

import dev.sallyport.problem.ProblemType;

/// What came of presenting a good token.
public sealed interface Opening {
  /// The token's session; `isNew` when this call opened it.
  record Opened(SessionDetails session, boolean isNew) implements Opening {}

  /// The token was good, but there is no way back in.
  record Refused(ProblemType code, String detail) implements Opening {}
}
