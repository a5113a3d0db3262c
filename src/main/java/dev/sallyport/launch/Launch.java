package dev.sallyport.launch;

import dev.sallyport.problem.ProblemType;

/// The answer to somebody who wants to open an app.
public sealed interface Launch {
  /// There is no such app to open.
  record Unknown() implements Launch {}

  /// Begin at the app's own host: only what began there comes back to the right browser.
  record Begin(String address) implements Launch {}

  /// Go there with the code.
  record Go(String url) implements Launch {}

  /// Not like this.
  record Refused(ProblemType code, String detail) implements Launch {}
}
