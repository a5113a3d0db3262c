package dev.sallyport.connections.remote;

import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;

/// A discovery that came to no answer. The message is a sentence for whoever asked. It ends within
/// this package, as a refusal.
final class DiscoveryException extends RuntimeException {
  private final boolean isAway;

  DiscoveryException(String sentence, boolean isAway) {
    super(sentence);
    this.isAway = isAway;
  }

  /// Whether a server could not be reached, which says nothing against what it said before; else it
  /// said something that must not be used.
  boolean isAway() {
    return isAway;
  }

  SallyportException refusal() {
    return new SallyportException(
        ProblemType.CONNECTION_DISCOVERY_FAILED, String.valueOf(getMessage()));
  }
}
