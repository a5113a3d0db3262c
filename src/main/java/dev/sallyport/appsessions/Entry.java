package dev.sallyport.appsessions;

import dev.sallyport.problem.ProblemType;
import java.util.List;

/// The answer to whoever knocks at an app with a token.
public sealed interface Entry {
  /// Come in.
  record Admitted(LiveToken token, SessionDetails session, boolean isNew) implements Entry {}

  /// Not like this. `scopes` are those to ask for, with `insufficient-scope` only.
  record Refused(ProblemType code, String detail, List<String> scopes) implements Entry {}
}
