package dev.sallyport.appsessions;

import dev.sallyport.appauth.TrustChanged;
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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Tells proxies in front of us what ended, so that their own caches stay honest. `current` comes
/// every three seconds while this node is; who has not seen one for ten seconds must stop trusting
/// what it remembers.
@ApplicationScoped
public class SessionChanges {
  private static final int MAX_LISTENERS = 200;

  @Inject ChangeFeed feed;

  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

  private record Listener(SseEventSink sink, Sse sse) {
    void send(String name, Map<String, Object> data) {
      OutboundSseEvent event = sse.newEventBuilder().name(name).data(Json.write(data)).build();
      sink.send(event);
    }
  }

  void listen(SseEventSink sink, Sse sse) {
    if (listeners.size() >= MAX_LISTENERS) {
      throw SallyportException.retryAfter(ProblemType.OVERLOADED, Duration.ofSeconds(10));
    }
    Listener listener = new Listener(sink, sse);
    listeners.add(listener);
    listener.send("current", Map.of());
  }

  void ended(@Observes Change change) {
    if (change.kind() == Change.Kind.SESSION_ENDED) {
      tell("ended", Map.of("id", change.ref()));
    }
  }

  void trustChanged(@Observes TrustChanged change) {
    tell("trust-changed", Map.of());
  }

  void reset(@Observes FeedReset reset) {
    tell("reset", Map.of());
  }

  /// For a timer.
  void beat() {
    if (feed.lease().isHeld()) {
      tell("current", Map.of());
    }
  }

  private void tell(String name, Map<String, Object> data) {
    // One that left a moment ago must not keep the others from hearing.
    listeners.removeIf(listener -> !isTold(listener, name, data));
  }

  private static boolean isTold(Listener listener, String name, Map<String, Object> data) {
    try {
      if (listener.sink().isClosed()) {
        return false;
      }
      listener.send(name, data);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @PreDestroy
  void close() {
    listeners.forEach(listener -> listener.sink().close());
  }
}
