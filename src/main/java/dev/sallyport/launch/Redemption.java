package dev.sallyport.launch;

import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import java.time.Instant;

/// What came of a code at the app's host.
public sealed interface Redemption {
  /// Come in; the cookie is good until then at the latest.
  record Entered(Secret cookie, Instant until) implements Redemption {}

  record Refused(ProblemType code) implements Redemption {}
}
