package dev.sallyport.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The one rule for the client's address: the peer, or `X-Forwarded-For` walked from its right end
/// for as long as a trusted proxy vouches for the next entry. What stands left of the first
/// untrusted address is the client's own claim and is never read.
public final class ClientAddress {
  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[(?<v6>[^\\]]+)]|(?<v4>[0-9.]+))(?::[0-9]{1,5})?");

  // Whoever sent it once by mistake must not be shown for ever.
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Duration REFRESHED = Duration.ofSeconds(1);

  private final List<Cidr> trustedProxies;
  private final List<Cidr> askingProxies;
  private volatile @Nullable Unread unread;

  /// A peer whose header did not count, and when by the monotonic clock.
  private record Unread(InetAddress peer, long at) {
    boolean isWithin(Duration age) {
      return System.nanoTime() - at < age.toNanos();
    }
  }

  /// Addresses or CIDR ranges; none by default, so that no header counts.
  public ClientAddress(List<String> trustedProxies) {
    this(trustedProxies, List.of());
  }

  /// @param askingProxies those that may ask whether a request may go on
  public ClientAddress(List<String> trustedProxies, List<String> askingProxies) {
    this.trustedProxies = ranges("SALLYPORT_TRUSTED_PROXIES", trustedProxies);
    this.askingProxies = ranges("SALLYPORT_FORWARD_AUTH_PROXIES", askingProxies);
  }

  /// Takes every value of the header, in the order received.
  public InetAddress of(InetAddress peer, List<String> xForwardedForValues) {
    if (!xForwardedForValues.isEmpty() && !trusts(peer)) {
      remember(peer);
      return peer;
    }
    InetAddress client = peer;
    for (String entry : entriesFromTheRight(xForwardedForValues)) {
      InetAddress next = trusts(client) ? parse(entry) : null;
      if (next == null) {
        return client;
      }
      client = next;
    }
    return client;
  }

  private void remember(InetAddress peer) {
    Unread last = unread;
    if (last == null || !last.isWithin(REFRESHED)) {
      unread = new Unread(peer, System.nanoTime());
    }
  }

  /// Who sent an `X-Forwarded-For` within the last hour that did not count: often a proxy that was
  /// forgotten in the settings.
  public Optional<InetAddress> untrustedSender() {
    Unread last = unread;
    return last != null && last.isWithin(REMEMBERED) ? Optional.of(last.peer()) : Optional.empty();
  }

  /// Whether it is believed what it says of those behind it.
  private boolean trusts(InetAddress peer) {
    return trustedProxies.stream().anyMatch(range -> range.contains(peer));
  }

  /// Whether it may ask for a verdict on a request that it holds. Being trusted is not enough: a
  /// proxy in front passes on what clients send, and a verdict comes with an assertion.
  public boolean mayAsk(InetAddress peer) {
    return trusts(peer) && askingProxies.stream().anyMatch(range -> range.contains(peer));
  }

  /// What limits count by: the address, or for IPv6 its /64, since a client owns all of that.
  public static String group(InetAddress address) {
    if (address instanceof Inet6Address) {
      return new Cidr(address, 64).toString();
    }
    return address.getHostAddress();
  }

  private static List<String> entriesFromTheRight(List<String> values) {
    List<String> entries = new ArrayList<>();
    values.forEach(value -> entries.addAll(Arrays.asList(value.split(",", -1))));
    return entries.reversed();
  }

  private static @Nullable InetAddress parse(String entry) {
    String text = entry.strip();
    InetAddress bare = IpLiteral.parse(text);
    if (bare != null) {
      return bare;
    }
    Matcher form = WITH_PORT.matcher(text);
    if (!form.matches()) {
      return null;
    }
    String v6 = form.group("v6");
    return IpLiteral.parse(v6 == null ? form.group("v4") : v6);
  }

  private static List<Cidr> ranges(String setting, List<String> texts) {
    try {
      return texts.stream().map(Cidr::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(setting + ": " + e.getMessage(), e);
    }
  }
}
