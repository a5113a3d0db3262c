package dev.sallyport.appsessions;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A session in a node's memory. One instance per id, shared by all its tokens; ended once, seen by
/// every call. The call's path writes two fields and takes no lock.
public final class LiveSession {
  private static final Logger LOG = Logger.getLogger(LiveSession.class);

  private final String id;
  private final SessionKey key;
  private final String username;
  private final String handleOwner;
  private final long idleMillis;
  private final Set<RunningCall> running = ConcurrentHashMap.newKeySet();
  private final LongAdder calls = new LongAdder();
  private final AtomicBoolean unwritten = new AtomicBoolean();
  private volatile long expiresAt;
  private volatile long lastSeen;
  private volatile @Nullable EndReason ended;

  /// A call or stream that ends with its session.
  public interface RunningCall {
    /// Ends it at once; from any thread.
    void cut();
  }

  LiveSession(SessionDetails details) {
    this.id = details.id();
    this.key = details.key();
    this.username = details.username();
    this.handleOwner = key.handleOwner();
    this.idleMillis = details.idleSeconds() * 1_000;
    this.expiresAt = details.expiresAt().toEpochMilli();
    this.lastSeen = details.lastSeenAt().toEpochMilli();
  }

  /// Takes over what the database knows better: a later end, a later use on another node.
  void merge(SessionDetails details) {
    expiresAt = Math.max(expiresAt, details.expiresAt().toEpochMilli());
    lastSeen = Math.max(lastSeen, details.lastSeenAt().toEpochMilli());
  }

  /// Takes over what the database says, also that it has ended.
  void follow(SessionDetails stored) {
    if (stored.endedAt() == null) {
      merge(stored);
    } else {
      end(EndReason.REVOKED);
    }
  }

  public String id() {
    return id;
  }

  public SessionKey key() {
    return key;
  }

  /// What the client's handles are bound to; written once, as each call of an MCP session asks.
  public String handleOwner() {
    return handleOwner;
  }

  public String username() {
    return username;
  }

  /// Whether calls may go on, as far as this node knows.
  public boolean isUsable(long nowMillis) {
    return ended == null && nowMillis < expiresAt && nowMillis - lastSeen < idleMillis;
  }

  public boolean isEnded() {
    return ended != null;
  }

  /// Notes a call; written to the database later, in a batch. Answers whether the session was clean
  /// before, so that the caller puts it on the list of those to write.
  boolean touch(long nowMillis) {
    lastSeen = nowMillis;
    calls.increment();
    return !unwritten.get() && unwritten.compareAndSet(false, true);
  }

  /// What was noted since the last batch. A running stream counts as use.
  ActivityStore.Activity takeActivity(long nowMillis) {
    unwritten.set(false);
    if (!running.isEmpty()) {
      lastSeen = nowMillis;
    }
    return new ActivityStore.Activity(id, lastSeen, calls.sumThenReset());
  }

  /// Takes back calls that could not be written. Answers like [#touch].
  boolean giveBack(long count) {
    calls.add(count);
    return unwritten.compareAndSet(false, true);
  }

  /// Registers a call. Whoever registers looks at [#isEnded] afterwards: then no end can slip
  /// between.
  public void begin(RunningCall call) {
    running.add(call);
  }

  public void finish(RunningCall call) {
    running.remove(call);
  }

  /// Calls and streams of the session that run on this node.
  public int runningCalls() {
    return running.size();
  }

  boolean hasRunning() {
    return !running.isEmpty();
  }

  Instant expiresAt() {
    return Instant.ofEpochMilli(expiresAt);
  }

  /// For good: never because of a time, which one node's clock may have wrong.
  void end(EndReason reason) {
    ended = reason;
    cutAll();
  }

  /// Ends every running call, not the session.
  void cutAll() {
    running.forEach(LiveSession::cut);
  }

  // One that can't be cut must not keep the others running.
  private static void cut(RunningCall call) {
    try {
      call.cut();
    } catch (RuntimeException e) {
      LOG.error("a running call could not be cut", e);
    }
  }

  Set<RunningCall> running() {
    return Set.copyOf(running);
  }
}
