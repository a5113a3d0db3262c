package dev.sallyport.http;

import dev.sallyport.fuzz.Holds;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Addresses, ranges, Host and X-Forwarded-For: read as one thing or not at all, never resolved.
public final class AddressesFuzz {
  private static final RequestHost HOST = new RequestHost(URI.create("https://gw.example"));
  private static final ClientAddress CLIENT = new ClientAddress(List.of("10.0.0.0/8"));
  private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");

  private AddressesFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    InetAddress address = IpLiteral.parse(text);
    if (address != null) {
      String written = address.getHostAddress();
      Holds.that(address.equals(IpLiteral.parse(written)), "written and read again");
    }
    try {
      Cidr range = Cidr.parse(text);
      Holds.that(range.contains(range.network()), "a range holds its network");
    } catch (IllegalArgumentException e) {
      // none: the setting is refused by name
    }
    if (HOST.accepts(text)) {
      Holds.that(text.toLowerCase(java.util.Locale.ROOT).startsWith("gw.example"), "our host");
    }
    authority(text);
    Holds.that(CLIENT.of(PROXY, List.of(text)).getAddress().length >= 4, "some address");
  }

  private static void authority(String text) {
    Authority read = Authority.parse(text, 443);
    if (read != null) {
      String host = read.host().indexOf(':') < 0 ? read.host() : "[" + read.host() + "]";
      Holds.that(read.equals(Authority.parse(host + ":" + read.port(), 80)), "one form");
    }
  }
}
