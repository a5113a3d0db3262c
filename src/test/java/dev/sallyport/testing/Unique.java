package dev.sallyport.testing;

import java.net.InetAddress;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// What no other test has, so that tests may run in any order and beside each other.
public final class Unique {
  private Unique() {}

  /// A name that begins like this.
  public static String name(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 13);
  }

  /// An address to call from: limits of one test don't touch another's.
  public static InetAddress loopback() {
    var random = ThreadLocalRandom.current();
    return InetAddress.ofLiteral(
        "127.%d.%d.%d"
            .formatted(random.nextInt(1, 255), random.nextInt(255), random.nextInt(2, 255)));
  }
}
