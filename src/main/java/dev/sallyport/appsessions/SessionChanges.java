package dev.sallyport.appsessions;

import dev.sallyport.appauth.Trust;
import dev.sallyport.appauth.TrustChanged;
import dev.sallyport.authz.Actor;
import dev.sallyport.authz.Actors;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.Scope;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.ChangeFeed;
import dev.sallyport.cluster.FeedReset;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Tells proxies in front of us what ended, so that their own caches stay honest. `current` comes
/// every three seconds while this node is; who has not seen one for ten seconds must stop trusting
/// what it remembers. Whoever may look at some apps only hears of ends at those. A stream ends
/// with its actor's permission.
@ApplicationScoped
public class SessionChanges {
  private static final int MAX_STREAMS = 200;
  private static final int MAX_PER_ACTOR = 10;
  private static final Duration SOON = Duration.ofSeconds(10);

  @Inject ChangeFeed feed;
  @Inject Actors actors;
  @Inject Trust trust;
  @Inject SessionStore sessions;

  private final Set<ChangeListener> streams = ConcurrentHashMap.newKeySet();
  private final EndsByApp byApp =
      new EndsByApp(ids -> sessions.appsOf(ids), Thread::startVirtualThread, new Scoped());

  /// Tells the caller from now on. Synchronized, because it counts before it adds.
  synchronized void listen(SseEventSink sink, Sse sse) {
    Actor actor = CallContext.current().actor();
    if (streams.stream().filter(stream -> stream.isOf(actor)).count() >= MAX_PER_ACTOR) {
      throw SallyportException.retryAfter(ProblemType.TOO_MANY_REQUESTS, SOON);
    }
    if (streams.size() >= MAX_STREAMS) {
      throw SallyportException.retryAfter(ProblemType.OVERLOADED, SOON);
    }
    Scope scope = actor.scopeOf(Permission.APP_SESSION_LOOKUP);
    ChangeListener stream = new ChangeListener(actor, scope, sink, sse);
    streams.add(stream);
    stream.send("current", Map.of());
  }

  void ended(@Observes Change change) {
    if (change.kind() == Change.Kind.SESSION_ENDED) {
      tell(ChangeListener::hearsEverything, "ended", Map.of("id", change.ref()));
      if (!streams.stream().allMatch(ChangeListener::hearsEverything)) {
        byApp.add(change.ref());
      }
    }
  }

  private final class Scoped implements EndsByApp.Listener {
    @Override
    public void ended(String sessionId, String appId) {
      // Whoever heard that an app has gone, or has other labels, trusts nothing of it any more.
      trust
          .current()
          .appById(appId)
          .ifPresent(
              app ->
                  tell(
                      s -> !s.hearsEverything() && s.hears(app.facts().labels()),
                      "ended",
                      Map.of("id", sessionId)));
    }

    @Override
    public void lost() {
      tell(stream -> !stream.hearsEverything(), "reset", Map.of());
    }
  }

  void trustChanged(@Observes TrustChanged change) {
    if (change.voidsDecisions()) {
      tell(stream -> true, "trust-changed", Map.of());
    }
  }

  void reset(@Observes FeedReset reset) {
    tell(stream -> true, "reset", Map.of());
  }

  /// For a timer, every three seconds. Whoever is told that this node is current has been told of
  /// every end before.
  void beat() {
    keep(ChangeListener::keepAlive);
    boolean isTold = byApp.isUpToDate();
    if (feed.lease().isHeld()) {
      tell(stream -> isTold || stream.hearsEverything(), "current", Map.of());
    }
    CallContext.system().run(this::endUnauthorised);
  }

  private void tell(Predicate<ChangeListener> whom, String name, Map<String, Object> data) {
    keep(stream -> !whom.test(stream) || stream.send(name, data));
  }

  /// One that left a moment ago must not keep the others from hearing.
  private void keep(Predicate<ChangeListener> isOfUse) {
    streams.removeIf(stream -> !isOfUse.test(stream));
  }

  private void endUnauthorised() {
    Map<String, Scope> known = new HashMap<>();
    for (ChangeListener stream : streams) {
      Actor actor = stream.actor();
      Scope today =
          known.computeIfAbsent(actor.kind().code() + " " + actor.id(), key -> scopeOf(actor));
      if (today.isNothing() || !stream.within(today)) {
        streams.remove(stream);
        stream.close();
      }
    }
  }

  private Scope scopeOf(Actor actor) {
    return actors
        .find(actor.kind(), actor.id())
        .map(now -> now.scopeOf(Permission.APP_SESSION_LOOKUP))
        .orElse(Scope.NOTHING);
  }

  @PreDestroy
  void close() {
    streams.forEach(ChangeListener::close);
  }
}
