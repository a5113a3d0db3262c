package dev.sallyport.testing.idp;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;

/// The live sessions. There is no cookie: each sign-in shows the page and starts one.
final class Sessions {
  // A load test must not fill the memory.
  private static final int MOST = 10_000;

  private final Deque<IdpSession> live = new ArrayDeque<>();

  synchronized IdpSession open(String person, String client, Instant now) {
    if (live.size() == MOST) {
      live.removeFirst();
    }
    IdpSession session = new IdpSession(UUID.randomUUID().toString(), person, client, now);
    live.addLast(session);
    return session;
  }

  synchronized Optional<IdpSession> find(String sid) {
    return live.stream().filter(session -> session.sid().equals(sid)).findFirst();
  }

  /// Whether there was one to end.
  synchronized boolean end(String sid) {
    return live.removeIf(session -> session.sid().equals(sid));
  }

  /// How many there were.
  synchronized int endAllOf(String person) {
    int before = live.size();
    live.removeIf(session -> session.person().equals(person));
    return before - live.size();
  }
}
