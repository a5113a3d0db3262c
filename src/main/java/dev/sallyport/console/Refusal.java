package dev.sallyport.console;

import dev.sallyport.authz.CallContext;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.persistence.OptimisticLockException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Makes a refusal with a sentence for people of whatever a service threw.
public final class Refusal {
  private static final Logger LOG = Logger.getLogger(Refusal.class);

  private Refusal() {}

  /// The refusal in here. What was not foreseen is logged once, with the request id that the
  /// sentence names.
  public static SallyportException of(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      SallyportException known = known(t);
      if (known != null) {
        return known;
      }
    }
    String requestId = CallContext.current().requestId();
    LOG.errorf(thrown, "request %s failed", requestId);
    return new SallyportException(
        ProblemType.INTERNAL,
        "Something unforeseen happened. The log has it as " + requestId + ".");
  }

  private static @Nullable SallyportException known(Throwable thrown) {
    return switch (thrown) {
      case SallyportException refusal -> refusal;
      case OptimisticLockException _ ->
          new SallyportException(
              ProblemType.REVISION_DIFFERS,
              "Somebody changed this since you opened it. Close the form, look at it again and"
                  + " repeat your change.");
      default -> null;
    };
  }
}
