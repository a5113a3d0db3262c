package dev.sallyport.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// A range of addresses such as `10.0.0.0/8`; a single address is a range of one. Bits behind the
/// prefix are cleared.
public record Cidr(InetAddress network, int prefix) {
  private static final int MAPPED_PREFIX = 96;

  public Cidr {
    if (prefix < 0 || prefix > network.getAddress().length * 8) {
      throw new IllegalArgumentException("the prefix length /" + prefix + " does not fit");
    }
    network = withBytes(masked(network.getAddress(), prefix));
  }

  /// Parses `address` or `address/prefix`.
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    InetAddress address = IpLiteral.parse(literal);
    if (address == null) {
      throw new IllegalArgumentException("'" + text + "' is no address or CIDR range");
    }
    int bits = address.getAddress().length * 8;
    if (slash < 0) {
      return new Cidr(address, bits);
    }
    int prefix = prefixOf(text.substring(slash + 1), text);
    boolean mapped = address instanceof Inet4Address && literal.indexOf(':') >= 0;
    return new Cidr(address, mapped ? prefix - MAPPED_PREFIX : prefix);
  }

  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit += 8) {
      int mask = maskAt(bit / 8, prefix);
      if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int prefixOf(String digits, String text) {
    if (!digits.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("'" + text + "' is no address or CIDR range");
    }
    return Integer.parseInt(digits);
  }

  private static byte[] masked(byte[] bytes, int prefix) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (bytes[i] & maskAt(i, prefix));
    }
    return bytes;
  }

  private static int maskAt(int index, int prefix) {
    int bits = Math.clamp(prefix - index * 8L, 0, 8);
    return (0xff << (8 - bits)) & 0xff;
  }

  static InetAddress withBytes(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
    }
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefix;
  }
}
