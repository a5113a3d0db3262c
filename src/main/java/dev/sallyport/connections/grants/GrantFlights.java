package dev.sallyport.connections.grants;

import dev.sallyport.authz.CallContext;
import dev.sallyport.connections.grants.GrantRefresh.Wish;
import dev.sallyport.crypto.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// One refresh at a time for each grant on this node, however many calls wait for it, and at most
/// one waiting for other nodes. Who has a token that still serves does not wait.
@ApplicationScoped
class GrantFlights {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private static final int MOST = 6;

  @Inject GrantRefresh refresh;
  @Inject Clock clock;

  private final Semaphore airspace = new Semaphore(MOST);
  private final ConcurrentMap<String, CompletableFuture<GrantToken>> flights =
      new ConcurrentHashMap<>();

  GrantToken refresh(StoredGrant seen, Wish wish) {
    CompletableFuture<GrantToken> mine = new CompletableFuture<>();
    CompletableFuture<GrantToken> running = flights.putIfAbsent(seen.id(), mine);
    if (running != null) {
      return maySkip(seen, wish) ? seen.token(clock.instant()) : joined(running, seen, wish);
    }
    try {
      mine.complete(takenOff(seen, wish));
    } catch (RuntimeException | Error e) {
      // Whoever joined would wait for ever.
      mine.completeExceptionally(e);
    } finally {
      flights.remove(seen.id(), mine);
    }
    return result(mine);
  }

  /// Each flight holds a connection to the database while a server far away thinks.
  private GrantToken takenOff(StoredGrant seen, Wish wish) {
    if (!airspace.tryAcquire()) {
      return maySkip(seen, wish)
          ? seen.token(clock.instant())
          : new GrantToken.Unavailable("Too many connections are being refreshed at this moment.");
    }
    try {
      return CallContext.system().call(() -> acrossNodes(seen, wish));
    } finally {
      airspace.release();
    }
  }

  private boolean maySkip(StoredGrant seen, Wish wish) {
    return wish.equals(Wish.WHEN_DUE) && seen.isUsable(clock.instant());
  }

  // A flight that took off before the upstream refused its token may land with that very token.
  private GrantToken joined(CompletableFuture<GrantToken> running, StoredGrant seen, Wish wish) {
    GrantToken landed = result(running);
    Secret refused = wish.refused();
    boolean isTheRefused =
        refused != null
            && landed instanceof GrantToken.Good good
            && good.accessToken().equals(refused);
    return isTheRefused ? refresh(seen, wish) : landed;
  }

  private static GrantToken result(CompletableFuture<GrantToken> flight) {
    try {
      return flight.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private GrantToken acrossNodes(StoredGrant seen, Wish wish) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Optional<GrantToken> token = refresh.once(seen.id(), wish);
      if (token.isPresent()) {
        return token.get();
      }
      if (maySkip(seen, wish)) {
        return seen.token(clock.instant());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return new GrantToken.Unavailable("Another node has been refreshing the connection too long.");
  }
}
