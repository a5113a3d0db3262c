package dev.sallyport.login.discovery;

import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;

/// What came of asking a provider about itself.
public sealed interface DiscoveryResult {
  record Found(ProviderMetadata metadata) implements DiscoveryResult {}

  /// `detail` is a sentence for admins.
  record Failed(Reason reason, String detail) implements DiscoveryResult {
    /// The refusal to somebody who sets a provider up.
    public SallyportException toAdmin() {
      ProblemType type =
          reason == Reason.DOWNGRADED
              ? ProblemType.PROVIDER_ALGORITHMS
              : ProblemType.PROVIDER_DISCOVERY;
      return new SallyportException(type, detail);
    }

    /// The same, to somebody who wants to sign in.
    public SallyportException toVisitor() {
      return new SallyportException(
          switch (reason) {
            case UNREACHABLE -> ProblemType.SIGN_IN_PROVIDER_UNREACHABLE;
            case BROKEN -> ProblemType.SIGN_IN_DISCOVERY;
            case DOWNGRADED -> ProblemType.SIGN_IN_ALGORITHMS;
          },
          detail);
    }
  }

  /// Why there is nothing to go by.
  enum Reason {
    UNREACHABLE,
    BROKEN,
    DOWNGRADED
  }
}
