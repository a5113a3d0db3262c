package dev.sallyport.gateway.exchange;

import dev.sallyport.logging.LogFields;
import dev.sallyport.problem.ProblemType;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/// Says in the log which calls were answered with a problem. What was not served is a warning, what
/// was refused is not; of a flood some lines are left out, and the next one says how many.
public final class CallLog {
  private static final Logger LOG = Logger.getLogger(CallLog.class);

  private final LineBudget refusals = new LineBudget(System::nanoTime);
  private final LineBudget failures = new LineBudget(System::nanoTime);

  public void answered(GatewayExchange call, ProblemType type) {
    boolean isFailure = type.status() >= 500;
    OptionalLong place = (isFailure ? failures : refusals).take();
    if (place.isPresent()) {
      String omitted = place.getAsLong() == 0 ? null : String.valueOf(place.getAsLong());
      call.logFields()
          .with(LogFields.CODE, type.code())
          .with("omitted", omitted)
          .run(() -> LOG.log(isFailure ? Logger.Level.WARN : Logger.Level.INFO, type.cause()));
    }
  }

  /// A fault of ours.
  void broke(GatewayExchange call, Throwable failure) {
    call.logFields()
        .with(LogFields.CODE, ProblemType.INTERNAL.code())
        .run(() -> LOG.error("A call failed.", failure));
  }
}
