package dev.sallyport.gateway.entry;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.CallContext;
import dev.sallyport.gateway.exchange.Answers;
import dev.sallyport.gateway.exchange.GatewayExchange;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Work that may block, beside the calls that wait for it: on the gateway's own pool, once for each
/// key however many calls ask, and then on with each call where it lives. What fails is answered.
///
/// @param <K> what it is about; calls whose keys are equal share the outcome
/// @param <T> what comes of it
public final class ColdWork<K, T> {
  private final ColdPool pool;
  private final Answers answers;
  private final ConcurrentMap<K, CompletableFuture<T>> running = new ConcurrentHashMap<>();

  public ColdWork(ColdPool pool, Answers answers) {
    this.pool = pool;
    this.answers = answers;
  }

  /// Does the work, or waits for another call that does the same already.
  public void share(GatewayExchange call, K key, Supplier<T> work, Consumer<T> next) {
    beside(call, () -> running(call, key, work), next);
  }

  /// Does the work for this call alone.
  public void alone(GatewayExchange call, Supplier<T> work, Consumer<T> next) {
    beside(call, () -> begin(call, work, new CompletableFuture<>()), next);
  }

  private CompletableFuture<T> running(GatewayExchange call, K key, Supplier<T> work) {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> others = running.putIfAbsent(key, mine);
    if (others != null) {
      return others;
    }
    mine.whenComplete((result, failure) -> running.remove(key, mine));
    return begin(call, work, mine);
  }

  private CompletableFuture<T> begin(
      GatewayExchange call, Supplier<T> work, CompletableFuture<T> result) {
    try {
      pool.execute(call.group(), call.appId(), () -> complete(call, work, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(e);
    }
    return result;
  }

  private static <T> void complete(
      GatewayExchange call, Supplier<T> work, CompletableFuture<T> result) {
    String address = call.client().getHostAddress();
    var context = new CallContext(Actor.SYSTEM, address, call.requestId());
    try {
      result.complete(context.call(() -> call.logFields().call(work)));
    } catch (RuntimeException | Error e) {
      // Calls that wait for it would wait for ever.
      result.completeExceptionally(e);
    }
  }

  private void beside(GatewayExchange call, Supplier<CompletableFuture<T>> work, Consumer<T> next) {
    HttpServerExchange exchange = call.exchange();
    exchange.dispatch(
        SameThreadExecutor.INSTANCE,
        () ->
            work.get()
                .whenComplete(
                    (result, failure) ->
                        exchange.dispatch(
                            exchange.getIoThread(), () -> goOn(call, result, failure, next))));
  }

  private void goOn(
      GatewayExchange call, @Nullable T result, @Nullable Throwable failure, Consumer<T> next) {
    if (result == null) {
      answers.failed(call, failure);
    } else {
      next.accept(result);
    }
  }
}
