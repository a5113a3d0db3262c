package dev.sallyport.logout;

import dev.sallyport.problem.ProblemType;

/// What became of a logout token.
sealed interface LogoutVerdict {
  record Accepted(LogoutToken token) implements LogoutVerdict {}

  /// The detail never quotes the token.
  record Refused(ProblemType code, String detail) implements LogoutVerdict {
    Refused(ProblemType code) {
      this(code, code.cause());
    }
  }
}
