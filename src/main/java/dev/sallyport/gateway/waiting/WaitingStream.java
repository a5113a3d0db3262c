package dev.sallyport.gateway.waiting;

import dev.sallyport.appsessions.LiveSession;
import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.connections.AuthRequired;
import dev.sallyport.connections.grants.Person;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import io.undertow.server.handlers.sse.ServerSentEventHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/// One client's stream while its person connects an account.
public final class WaitingStream implements LiveSession.RunningCall {
  private static final Logger LOG = Logger.getLogger(WaitingStream.class);
  // Also how a client that has gone is noticed.
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(25);
  private static final long LONGEST_MILLIS = Duration.ofMinutes(30).toMillis();

  private final LiveToken token;
  private final WaitingScript script;
  private final Look look;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable ServerSentEventConnection connection;

  /// How a stream finds out whether it may end.
  ///
  /// @param need what the person must do, if anything; may wait, and runs on the pool
  public record Look(Supplier<Optional<AuthRequired>> need, Executor pool) {}

  public WaitingStream(LiveToken token, WaitingScript script, Look look) {
    this.token = token;
    this.script = script;
    this.look = look;
  }

  /// The person is asked for this.
  public void waitsFor(AuthRequired need) {
    asked.add(need.elicitationId());
  }

  public LiveToken token() {
    return token;
  }

  Person person() {
    return new Person(token.token().iss(), token.token().subject());
  }

  /// Answers the exchange with the stream; `end` runs once when it is over.
  void open(HttpServerExchange exchange, long nowMillis, Runnable end) {
    long rest = Math.min(LONGEST_MILLIS, token.token().exp().toEpochMilli() - nowMillis);
    XnioExecutor.Key timer =
        exchange.getIoThread().executeAfter(this::cut, rest, TimeUnit.MILLISECONDS);
    token.session().begin(this);
    exchange.addExchangeCompleteListener(
        (ended, next) -> {
          timer.remove();
          over.set(true);
          token.session().finish(this);
          end.run();
          next.proceed();
        });
    try {
      new ServerSentEventHandler((stands, lastEventId) -> stands(stands)).handleRequest(exchange);
    } catch (Exception e) {
      throw new IllegalStateException("a stream could not be begun", e);
    }
  }

  /// Looks once it can be told: what happened before is not told again.
  private void stands(ServerSentEventConnection open) {
    open.setKeepAliveTime(KEEP_ALIVE.toMillis());
    connection = open;
    if (over.get() || token.session().isEnded()) {
      cut();
      return;
    }
    say(open, script.first());
    lookAgain(null);
  }

  /// Something has happened to the person's connections.
  ///
  /// @param link the one that they have followed to its end, if they have
  void lookAgain(@Nullable String link) {
    if (link != null) {
      asked.add(link);
    }
    if (connection == null) {
      return;
    }
    try {
      look.pool().execute(() -> token.logFields().run(this::look));
    } catch (RejectedExecutionException e) {
      // The client comes again, and finds out how it is then.
      cut();
    }
  }

  private void look() {
    try {
      Optional<AuthRequired> need = look.need().get();
      if (need.isPresent()) {
        waitsFor(need.get());
      } else {
        done();
      }
    } catch (RuntimeException e) {
      LOG.debugf("a waiting stream could not find out whether it may end: %s", e.toString());
    }
  }

  private void done() {
    ServerSentEventConnection open = connection;
    if (open != null && over.compareAndSet(false, true)) {
      say(open, script.last().apply(Set.copyOf(asked)));
      open.shutdown();
    }
  }

  private static void say(ServerSentEventConnection open, List<String> messages) {
    messages.forEach(message -> open.send(message, "message", null, null));
  }

  @Override
  public void cut() {
    over.set(true);
    IoUtils.safeClose(connection);
  }
}
