package dev.sallyport.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports of 127.0.0.1 that do not come again within half an hour. The system gives a free port to
/// the next who asks, and what a server has learnt of an issuer is remembered by its URL.
final class FreshPort {
  // Below those that the system gives out, and ahead of an earlier run on the same server.
  private static final int FIRST = 10_000;
  private static final int COUNT = 20_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (System.currentTimeMillis() / 100 % COUNT));

  private FreshPort() {}

  /// Something that listens.
  interface Binding<T> {
    T at(InetSocketAddress address) throws IOException;
  }

  /// Listens at the next port that is free.
  static <T> T bind(Binding<T> binding) throws IOException {
    for (int tries = 0; tries < 100; tries++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      try {
        return binding.at(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      } catch (BindException e) {
        continue;
      }
    }
    throw new IOException("a hundred ports in a row are taken");
  }
}
