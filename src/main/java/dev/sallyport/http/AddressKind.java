package dev.sallyport.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an address is for, after the IANA registries of special-purpose addresses (RFC 6890). An
/// IPv6 address that carries an IPv4 address is what that one is, if that one is not global.
enum AddressKind {
  GLOBAL("a public address"),
  LOOPBACK("a loopback address"),
  PRIVATE("a private address"),
  RESERVED("a reserved address"),
  LINK_LOCAL("a link-local address"),
  METADATA("a cloud metadata address"),
  MULTICAST("a multicast address"),
  UNSPECIFIED("the unspecified address");

  private record Range(Cidr cidr, AddressKind kind) {}

  // The first match counts.
  private static final List<Range> RANGES =
      List.of(
          range("169.254.169.254", METADATA),
          range("100.100.100.200", METADATA), // Alibaba Cloud
          range("168.63.129.16", METADATA), // Azure; looks public
          range("192.0.0.192", METADATA), // Oracle Cloud
          range("fd00:ec2::254", METADATA), // AWS
          range("fd20:ce::254", METADATA), // Google Cloud
          range("0.0.0.0/8", UNSPECIFIED),
          range("10.0.0.0/8", PRIVATE),
          range("100.64.0.0/10", PRIVATE), // carrier-grade NAT, RFC 6598
          range("127.0.0.0/8", LOOPBACK),
          range("169.254.0.0/16", LINK_LOCAL),
          range("172.16.0.0/12", PRIVATE),
          range("192.0.0.0/24", RESERVED),
          range("192.0.2.0/24", RESERVED), // documentation
          range("192.88.99.0/24", RESERVED), // 6to4 relays, RFC 7526
          range("192.168.0.0/16", PRIVATE),
          range("198.18.0.0/15", RESERVED), // benchmarks, RFC 2544
          range("198.51.100.0/24", RESERVED), // documentation
          range("203.0.113.0/24", RESERVED), // documentation
          range("224.0.0.0/4", MULTICAST),
          range("240.0.0.0/4", RESERVED),
          range("0.0.0.0/0", GLOBAL),
          range("::/128", UNSPECIFIED),
          range("::1/128", LOOPBACK),
          range("64:ff9b::/96", GLOBAL), // NAT64, RFC 6052
          range("fc00::/7", PRIVATE),
          range("fe80::/10", LINK_LOCAL),
          range("fec0::/10", PRIVATE), // site-local, RFC 3879
          range("ff00::/8", MULTICAST),
          range("2001::/23", RESERVED), // protocol assignments, Teredo among them
          range("2001:db8::/32", RESERVED), // documentation
          range("3fff::/20", RESERVED), // documentation, RFC 9637
          range("2000::/3", GLOBAL),
          range("::/0", RESERVED));

  private static final List<Cidr> IPV4_AT_THE_END =
      List.of(
          Cidr.parse("::/96"), // IPv4-compatible, RFC 4291 section 2.5.5.1
          Cidr.parse("::ffff:0:0:0/96"), // IPv4-translated, RFC 7915
          Cidr.parse("64:ff9b::/96"),
          Cidr.parse("64:ff9b:1::/48")); // NAT64 of a site, RFC 8215
  private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16"); // RFC 3056
  private static final Cidr TEREDO = Cidr.parse("2001::/32"); // RFC 4380

  private final String words;

  AddressKind(String words) {
    this.words = words;
  }

  static AddressKind of(InetAddress address) {
    AddressKind plain = plainKind(address);
    InetAddress inner = embedded(address);
    if (inner == null || plain == LOOPBACK || plain == UNSPECIFIED) {
      return plain;
    }
    AddressKind innerKind = plainKind(inner);
    return innerKind == GLOBAL ? plain : innerKind;
  }

  /// The IPv4 address inside an IPv6 address, or null. Java turns the IPv4-mapped form into IPv4 by
  /// itself.
  static @Nullable InetAddress embedded(InetAddress address) {
    if (address instanceof Inet4Address) {
      return null;
    }
    byte[] bytes = address.getAddress();
    if (IPV4_AT_THE_END.stream().anyMatch(range -> range.contains(address))) {
      return Cidr.withBytes(Arrays.copyOfRange(bytes, 12, 16));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return Cidr.withBytes(Arrays.copyOfRange(bytes, 2, 6));
    }
    return TEREDO.contains(address) ? Cidr.withBytes(inverted(bytes)) : null;
  }

  /// Such that neither an upstream nor a host name in the settings leads there.
  boolean isNeverCalled() {
    return switch (this) {
      case LINK_LOCAL, METADATA, MULTICAST, UNSPECIFIED -> true;
      case GLOBAL, LOOPBACK, PRIVATE, RESERVED -> false;
    };
  }

  String words() {
    return words;
  }

  private static AddressKind plainKind(InetAddress address) {
    return RANGES.stream()
        .filter(range -> range.cidr().contains(address))
        .findFirst()
        .map(Range::kind)
        .orElse(RESERVED);
  }

  // RFC 4380 section 4: the client's address stands there with each bit inverted.
  private static byte[] inverted(byte[] teredo) {
    byte[] client = Arrays.copyOfRange(teredo, 12, 16);
    for (int i = 0; i < client.length; i++) {
      client[i] = (byte) ~client[i];
    }
    return client;
  }

  private static Range range(String cidr, AddressKind kind) {
    return new Range(Cidr.parse(cidr), kind);
  }
}
