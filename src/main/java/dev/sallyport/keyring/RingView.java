package dev.sallyport.keyring;

import dev.sallyport.crypto.Secret;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is made of a ring's keys, such as a signer: made again when the ring has changed or the
/// next key's time has come. Asking for it never waits.
public final class RingView<T> implements Supplier<T> {
  private final Supplier<Ring> ring;
  private final Clock clock;
  private final Function<List<Secret>, T> maker;
  private volatile @Nullable Made<T> made;

  private record Made<T>(Ring ring, RingKey signing, T value) {}

  /// `maker` gets every key that may have to verify, the signing one first.
  public RingView(Supplier<Ring> ring, Clock clock, Function<List<Secret>, T> maker) {
    this.ring = ring;
    this.clock = clock;
    this.maker = maker;
  }

  @Override
  public T get() {
    Instant now = clock.instant();
    Ring present = ring.get();
    RingKey signing = present.signing(now);
    Made<T> last = made;
    if (last == null || !last.ring().equals(present) || !last.signing().equals(signing)) {
      last = new Made<>(present, signing, maker.apply(present.materials(now)));
      made = last;
    }
    return last.value();
  }
}
