package dev.sallyport.authz;

import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import org.jspecify.annotations.Nullable;

/// Who calls, from where, under which request id. Bound for the length of a call; code that runs
/// outside of one (timers, the gateway, push) binds it itself.
///
/// @param consoleSessionId the console session that carries this call; null for keys and tokens
public record CallContext(
    Actor actor, String address, String requestId, @Nullable String consoleSessionId) {
  private static final ScopedValue<CallContext> CURRENT = ScopedValue.newInstance();

  public CallContext(Actor actor, String address, String requestId) {
    this(actor, address, requestId, null);
  }

  /// The context of this call; refuses where none is bound.
  public static CallContext current() {
    if (!CURRENT.isBound()) {
      throw new SallyportException(ProblemType.UNAUTHENTICATED, "No call context is bound.");
    }
    return CURRENT.get();
  }

  public static CallContext system() {
    return new CallContext(Actor.SYSTEM, "", RandomTokens.id("req_"));
  }

  public <R, X extends Throwable> R call(ScopedValue.CallableOp<R, X> work) throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }

  public void run(Runnable work) {
    ScopedValue.where(CURRENT, this).run(work);
  }
}
