package dev.sallyport.gateway.exchange;

import dev.sallyport.gateway.routes.AppPath;
import dev.sallyport.problem.ProblemType;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import org.xnio.IoUtils;

/// Reads requests that may have to go out a second time, as far as they can be kept.
public final class CallKeeper {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Answers answers;
  private final Duration longest;

  /// @param longest how long a body may take
  public CallKeeper(Answers answers, Duration longest) {
    this.answers = answers;
    this.longest = longest;
  }

  /// Reads the request, then goes on; one that is too large to be kept goes on unread.
  public void keep(GatewayExchange call, AppPath path, Runnable next) {
    HttpServerExchange exchange = call.exchange();
    if (exchange.isRequestComplete() || BodyReader.isTooLarge(exchange)) {
      call.keep(new KeptRequest(path, exchange.isRequestComplete() ? new byte[0] : null));
      next.run();
      return;
    }
    BodyReader.read(exchange, longest, result -> read(call, path, result, next));
  }

  private void read(GatewayExchange call, AppPath path, BodyReader.Result result, Runnable next) {
    HttpServerExchange exchange = call.exchange();
    if (result instanceof BodyReader.Result.Whole(byte[] body)) {
      KeptRequest kept = new KeptRequest(path, body);
      call.keep(kept);
      kept.restore(exchange);
      next.run();
      return;
    }
    exchange.setPersistent(false);
    switch (result) {
      case BodyReader.Result.TooLarge() -> answers.problem(call, ProblemType.BODY_TOO_LARGE);
      case BodyReader.Result.TooSlow() -> answers.problem(call, ProblemType.BODY_TOO_SLOW);
      case BodyReader.Result.NoRoom() -> answers.retryAfter(call, ProblemType.OVERLOADED, SOON);
      default -> IoUtils.safeClose(exchange.getConnection());
    }
  }
}
