package dev.sallyport.http;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads IP literals strictly: four decimal parts without leading zeros, or IPv6 without a zone.
/// The forms that some libraries take besides (`127.1`, `0x7f.1`, `2130706433`) are no literals
/// here, so that no two readers of one text can differ. An IPv4-mapped IPv6 literal gives the
/// IPv4 address.
public final class IpLiteral {
  private static final String PART = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(PART + "(?:\\." + PART + "){3}");
  private static final Pattern IPV6_LETTERS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  private IpLiteral() {}

  /// The address, or null where the text is no literal. Never asks DNS.
  public static @Nullable InetAddress parse(String text) {
    boolean isIpv6 = text.indexOf(':') >= 0 && IPV6_LETTERS.matcher(text).matches();
    if (!isIpv6 && !IPV4.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
