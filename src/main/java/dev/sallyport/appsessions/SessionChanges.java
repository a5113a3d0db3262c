package dev.sallyport.appsessions;

import dev.sallyport.appauth.TrustChanged;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.Actors;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.ChangeFeed;
import dev.sallyport.cluster.FeedReset;
import dev.sallyport.persistence.Json;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Tells proxies in front of us what ended, so that their own caches stay honest. `current` comes
/// every three seconds while this node is; who has not seen one for ten seconds must stop trusting
/// what it remembers. A stream ends with its actor's permission.
@ApplicationScoped
public class SessionChanges {
  private static final int MAX_STREAMS = 200;
  private static final int MAX_PER_ACTOR = 10;
  private static final Duration SOON = Duration.ofSeconds(10);

  @Inject ChangeFeed feed;
  @Inject Actors actors;

  private final Set<Listener> streams = ConcurrentHashMap.newKeySet();

  /// One proxy that listens for changes.
  private static final class Listener {
    // A client that stops reading must not make us keep what it does not fetch.
    private static final int MAX_UNSENT = 1_000;

    private final Actor actor;
    private final SseEventSink sink;
    private final Sse sse;
    private final AtomicInteger unsent = new AtomicInteger();

    Listener(Actor actor, SseEventSink sink, Sse sse) {
      this.actor = actor;
      this.sink = sink;
      this.sse = sse;
    }

    boolean isOf(Actor other) {
      return actor.kind() == other.kind() && actor.id().equals(other.id());
    }

    /// Whether the stream is still of use after this event.
    boolean send(String name, Map<String, Object> data) {
      return send(sse.newEventBuilder().name(name).data(Json.write(data)).build());
    }

    /// Proxies in between close a connection on which nothing moves.
    boolean keepAlive() {
      return send(sse.newEventBuilder().comment("keep-alive").build());
    }

    private boolean send(OutboundSseEvent event) {
      if (sink.isClosed()) {
        return false;
      }
      if (unsent.incrementAndGet() > MAX_UNSENT) {
        close();
        return false;
      }
      try {
        sink.send(event)
            .whenComplete(
                (sent, failure) -> {
                  unsent.decrementAndGet();
                  if (failure != null) {
                    close();
                  }
                });
        return true;
      } catch (RuntimeException e) {
        close();
        return false;
      }
    }

    void close() {
      sink.close();
    }
  }

  /// Tells the caller from now on. Synchronized, because it counts before it adds.
  synchronized void listen(SseEventSink sink, Sse sse) {
    Actor actor = CallContext.current().actor();
    if (streams.stream().filter(stream -> stream.isOf(actor)).count() >= MAX_PER_ACTOR) {
      throw SallyportException.retryAfter(ProblemType.TOO_MANY_REQUESTS, SOON);
    }
    if (streams.size() >= MAX_STREAMS) {
      throw SallyportException.retryAfter(ProblemType.OVERLOADED, SOON);
    }
    Listener stream = new Listener(actor, sink, sse);
    streams.add(stream);
    stream.send("current", Map.of());
  }

  void ended(@Observes Change change) {
    if (change.kind() == Change.Kind.SESSION_ENDED) {
      tell("ended", Map.of("id", change.ref()));
    }
  }

  void trustChanged(@Observes TrustChanged change) {
    if (change.voidsDecisions()) {
      tell("trust-changed", Map.of());
    }
  }

  void reset(@Observes FeedReset reset) {
    tell("reset", Map.of());
  }

  /// For a timer, every three seconds.
  void beat() {
    keep(Listener::keepAlive);
    if (feed.lease().isHeld()) {
      tell("current", Map.of());
    }
    CallContext.system().run(this::endUnauthorised);
  }

  private void tell(String name, Map<String, Object> data) {
    keep(stream -> stream.send(name, data));
  }

  /// One that left a moment ago must not keep the others from hearing.
  private void keep(Predicate<Listener> isOfUse) {
    streams.removeIf(stream -> !isOfUse.test(stream));
  }

  private void endUnauthorised() {
    Map<String, Boolean> known = new HashMap<>();
    for (Listener stream : streams) {
      Actor actor = stream.actor;
      if (!known.computeIfAbsent(actor.kind().code() + " " + actor.id(), key -> mayHear(actor))) {
        streams.remove(stream);
        stream.close();
      }
    }
  }

  private boolean mayHear(Actor actor) {
    return actors
        .find(actor.kind(), actor.id())
        .filter(now -> now.scopeOf(Permission.APP_SESSION_LOOKUP).isEverything())
        .isPresent();
  }

  @PreDestroy
  void close() {
    streams.forEach(Listener::close);
  }
}
