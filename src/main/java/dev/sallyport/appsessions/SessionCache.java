package dev.sallyport.appsessions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.FeedReset;
import dev.sallyport.crypto.TokenHash;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What this node knows of live sessions. A session that ends while it is being loaded leaves a
/// tombstone, so that the load can't bring it back.
@ApplicationScoped
public class SessionCache {
  private static final int MAX_TOKENS = 200_000;

  private record Key(TokenHash hash, String appId) {}

  // Not by access: then every call would have to note that it looked.
  private final Cache<Key, LiveToken> tokens =
      Caffeine.newBuilder().maximumSize(MAX_TOKENS).expireAfterWrite(Duration.ofHours(1)).build();
  // Held by tokens and running calls; when those are gone, so is the session here.
  private final Cache<String, LiveSession> sessions = Caffeine.newBuilder().weakValues().build();
  private final Cache<String, EndReason> tombstones =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(1)).build();
  private final Queue<LiveSession> unwritten = new ConcurrentLinkedQueue<>();

  /// This very bean instead of its proxy, for callers that can't afford one at every call.
  public SessionCache unproxied() {
    return this;
  }

  /// The cached token; whether it still opens anything is for the caller to ask.
  public @Nullable LiveToken find(String appId, TokenHash hash) {
    return tokens.getIfPresent(new Key(hash, appId));
  }

  /// Remembers a token with its session.
  public LiveToken put(AppTrust trust, VerifiedToken token, SessionDetails details) {
    LiveToken live = new LiveToken(session(details), trust, token);
    tokens.put(new Key(token.hash(), details.appId()), live);
    return live;
  }

  private LiveSession session(SessionDetails details) {
    LiveSession session = sessions.get(details.id(), id -> new LiveSession(details));
    session.merge(details);
    EndReason dead = tombstones.getIfPresent(details.id());
    if (dead != null) {
      session.end(dead);
    }
    return session;
  }

  /// Forgets what upstreams got for the tokens of an app, of a user, or of both; null means any.
  public void forgetUpstreamHeaders(@Nullable String appId, @Nullable String username) {
    tokens
        .asMap()
        .forEach(
            (key, live) -> {
              boolean isOfApp = appId == null || appId.equals(key.appId());
              if (isOfApp && (username == null || username.equals(live.token().username()))) {
                live.forgetUpstreamHeader();
              }
            });
  }

  /// Forgets what upstreams got for the tokens of a person.
  public void forgetUpstreamHeadersOf(String issuer, String subject) {
    tokens
        .asMap()
        .values()
        .forEach(
            live -> {
              if (issuer.equals(live.token().iss()) && subject.equals(live.token().subject())) {
                live.forgetUpstreamHeader();
              }
            });
  }

  /// Notes a call of the session.
  public void touch(LiveSession session, long nowMillis) {
    if (session.touch(nowMillis)) {
      unwritten.add(session);
    }
  }

  /// Takes the sessions that were used since the last time.
  Stream<LiveSession> takeUnwritten() {
    return Stream.generate(unwritten::poll).takeWhile(session -> session != null);
  }

  /// Takes back what could not be written: the next time does it.
  void giveBack(LiveSession session, long calls) {
    if (session.giveBack(calls)) {
      unwritten.add(session);
    }
  }

  /// Every running call of this node.
  public Stream<LiveSession.RunningCall> running() {
    return all().flatMap(session -> session.running().stream());
  }

  /// Ends every running call; the sessions live on.
  public void cutAll() {
    all().forEach(LiveSession::cutAll);
  }

  Stream<LiveSession> all() {
    return sessions.asMap().values().stream();
  }

  /// Ends a session on this node and cuts what runs in it. The tombstone comes first: a load that
  /// is under way looks for it last.
  void end(String sessionId, EndReason reason) {
    tombstones.put(sessionId, reason);
    LiveSession session = sessions.getIfPresent(sessionId);
    if (session != null) {
      session.end(reason);
    }
  }

  void apply(@Observes Change change) {
    if (change.kind() == Change.Kind.SESSION_ENDED) {
      end(change.ref(), EndReason.REVOKED);
    }
  }

  /// Changes were missed: nothing that is remembered may be trusted, and no stream goes on unseen.
  void reset(@Observes FeedReset reset) {
    tokens.invalidateAll();
    cutAll();
  }
}
