package dev.sallyport.persistence;

import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import org.jspecify.annotations.Nullable;

/// The optimistic lock of REST: `ETag` out, `If-Match` in (RFC 9110 section 13.1.1).
public final class Revisions {
  private Revisions() {}

  public static String etag(long revision) {
    return "\"" + revision + "\"";
  }

  /// The revision that a change is based on; refuses a change without one.
  public static long required(@Nullable String ifMatch) {
    if (ifMatch == null) {
      throw new SallyportException(
          ProblemType.REVISION_MISSING, "Send the ETag of your last read as If-Match.");
    }
    try {
      String bare = ifMatch.strip();
      if (bare.length() > 2 && bare.startsWith("\"") && bare.endsWith("\"")) {
        return Long.parseLong(bare.substring(1, bare.length() - 1));
      }
    } catch (NumberFormatException e) {
      // an ETag that this server never gave can't be the current one
    }
    throw differs();
  }

  public static void check(long current, long expected) {
    if (current != expected) {
      throw differs();
    }
  }

  private static SallyportException differs() {
    return new SallyportException(
        ProblemType.REVISION_DIFFERS, "It was changed since you read it; read it again.");
  }
}
