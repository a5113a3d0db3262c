package dev.sallyport.appsessions;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.Scope;
import dev.sallyport.persistence.Json;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// One proxy that listens for changes, at the apps of its scope.
final class ChangeListener {
  // A client that stops reading must not make us keep what it does not fetch.
  private static final int MAX_UNSENT = 1_000;

  private final Actor actor;
  private final SseEventSink sink;
  private final Sse sse;
  private final AtomicInteger unsent = new AtomicInteger();
  private volatile Scope scope;

  ChangeListener(Actor actor, Scope scope, SseEventSink sink, Sse sse) {
    this.actor = actor;
    this.scope = scope;
    this.sink = sink;
    this.sse = sse;
  }

  Actor actor() {
    return actor;
  }

  boolean isOf(Actor other) {
    return actor.kind() == other.kind() && actor.id().equals(other.id());
  }

  boolean hearsEverything() {
    return scope.isEverything();
  }

  /// Whether what happens at an app with these labels is for it.
  boolean hears(Map<String, String> labels) {
    return scope.covers(labels);
  }

  /// Takes today's scope. What it did not hear under another one it can't know.
  boolean within(Scope today) {
    boolean isSame = scope.equals(today);
    scope = today;
    return isSame || send("reset", Map.of());
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
