package dev.sallyport.http;

import dev.sallyport.http.OutboundException.Reason;
import java.net.URI;

/// A URL that every reader reads alike: http or https, a host, no user info.
record OutboundUrl(URI uri, String host, int port, boolean isHttps) {

  static OutboundUrl of(URI uri) throws OutboundException {
    String scheme = String.valueOf(uri.getScheme());
    boolean https = scheme.equalsIgnoreCase("https");
    if (!https && !scheme.equalsIgnoreCase("http")) {
      throw new OutboundException(
          Reason.NOT_HTTPS, "Only https URLs are fetched, not " + scheme + ".");
    }
    String host = uri.getHost() == null ? "" : Authority.unbracketed(uri.getHost());
    if (host.isEmpty()) {
      throw new OutboundException(Reason.BAD_URL, "The URL has no host that could be read.");
    }
    if (uri.getRawUserInfo() != null) {
      throw new OutboundException(Reason.BAD_URL, "The URL holds user info; leave it out.");
    }
    boolean literal = IpLiteral.parse(host) != null;
    if (!literal && (host.indexOf(':') >= 0 || AddressGuard.endsInNumber(host))) {
      throw new OutboundException(Reason.BAD_URL, host + " is no host name and no plain address.");
    }
    int port = uri.getPort() < 0 ? Authority.standardPort(scheme) : uri.getPort();
    if (port < 1 || port > 65_535) {
      throw new OutboundException(Reason.BAD_URL, "The URL's port is none.");
    }
    return new OutboundUrl(uri, host, port, https);
  }
}
