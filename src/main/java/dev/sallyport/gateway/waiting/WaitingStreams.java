package dev.sallyport.gateway.waiting;

import dev.sallyport.appauth.TrustChanged;
import dev.sallyport.connections.grants.ConnectionNews;
import io.undertow.server.HttpServerExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The waiting streams of this node. A client's session has one: nothing is told twice.
@ApplicationScoped
public class WaitingStreams {
  @Inject Clock clock;

  private final ConcurrentMap<String, WaitingStream> streams = new ConcurrentHashMap<>();

  /// Answers the exchange with the stream; an older one of the same session ends.
  public void open(String session, WaitingStream stream, HttpServerExchange exchange) {
    WaitingStream older = streams.put(session, stream);
    if (older != null) {
      older.cut();
    }
    stream.open(exchange, clock.millis(), () -> streams.remove(session, stream));
  }

  void heard(@Observes ConnectionNews news) {
    streams.values().stream()
        .filter(stream -> news.concerns(stream.person()))
        .forEach(stream -> stream.lookAgain(news.link()));
  }

  void changed(@Observes TrustChanged change) {
    streams.values().stream()
        .filter(
            stream -> {
              var trust = stream.token().trust();
              return !trust.decidesAs(change.snapshot().app(trust.facts().name()));
            })
        .forEach(WaitingStream::cut);
  }
}
