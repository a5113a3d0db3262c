package dev.sallyport.gateway.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The address of one host, resolved off the I/O threads and renewed in the background while calls
/// use the last one. An address that is refused, or too old, is forgotten: calls then wait.
final class AddressBook {
  /// How many TTLs an address may serve while its renewal fails.
  private static final int USABLE_TTLS = 10;

  private final String host;
  private final int port;
  private final Egress egress;
  private final long ttlNanos;
  private final AtomicReference<@Nullable CompletableFuture<PinnedAddress>> pending =
      new AtomicReference<>();
  private volatile @Nullable PinnedAddress last;

  AddressBook(UpstreamTarget target, Egress egress) {
    this.host = target.host();
    this.port = target.port();
    this.egress = egress;
    this.ttlNanos = egress.settings().addressTtl().toNanos();
  }

  /// The address to use now, or null if it must be resolved first.
  @Nullable PinnedAddress current(long now) {
    PinnedAddress address = last;
    if (address == null || now - address.resolvedAt() > USABLE_TTLS * ttlNanos) {
      return null;
    }
    if (now - address.resolvedAt() > ttlNanos) {
      CompletableFuture<PinnedAddress> unused = resolve();
    }
    return address;
  }

  /// One resolution at a time, shared by all who wait.
  CompletableFuture<PinnedAddress> resolve() {
    CompletableFuture<PinnedAddress> mine = new CompletableFuture<>();
    CompletableFuture<PinnedAddress> running = pending.compareAndExchange(null, mine);
    if (running != null) {
      return running;
    }
    try {
      egress.blocking().execute(() -> resolveInto(mine));
    } catch (RejectedExecutionException e) {
      pending.set(null);
      mine.completeExceptionally(e);
    }
    return mine;
  }

  private void resolveInto(CompletableFuture<PinnedAddress> result) {
    try {
      PinnedAddress found =
          new PinnedAddress(egress.resolver().resolve(host, port), System.nanoTime());
      last = found;
      pending.set(null);
      result.complete(found);
    } catch (IOException e) {
      pending.set(null);
      result.completeExceptionally(new UncheckedIOException(e));
    } catch (RuntimeException e) {
      last = null;
      pending.set(null);
      result.completeExceptionally(e);
    }
  }
}
