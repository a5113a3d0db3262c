package dev.sallyport.authz;

import dev.sallyport.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/// What an [Authenticator] says about credentials. A refusal is final: nobody else is asked, and
/// the call does not go on as anonymous.
public sealed interface Authentication {
  /// They are of another kind; somebody else may know them.
  record NotMine() implements Authentication {}

  /// They are good.
  ///
  /// @param sessionId the console session that carries the call; null for keys and tokens
  /// @param mustProveOrigin whether a browser sends them by itself, so that another site could make
  ///     it act
  record Known(Actor actor, @Nullable String sessionId, boolean mustProveOrigin)
      implements Authentication {
    /// Somebody who sends a key or a token on purpose.
    public Known(Actor actor) {
      this(actor, null, false);
    }
  }

  /// They are of this kind, and worth nothing.
  record Refused(ProblemType reason) implements Authentication {}
}
