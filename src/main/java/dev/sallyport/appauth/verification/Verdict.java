package dev.sallyport.appauth.verification;

import dev.sallyport.problem.ProblemType;
import java.util.List;

/// The answer about a token.
public sealed interface Verdict {
  /// It may enter.
  record Accepted(VerifiedToken token) implements Verdict {}

  /// It may not. `publicDetail` is for the caller, `scopes` are those to ask for (only with
  /// `insufficient-scope`), `facts` are for the admin.
  record Refused(ProblemType code, String publicDetail, List<String> scopes, RefusalFacts facts)
      implements Verdict {
    public Refused {
      scopes = List.copyOf(scopes);
    }
  }
}
