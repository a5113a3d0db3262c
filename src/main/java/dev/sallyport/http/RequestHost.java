package dev.sallyport.http;

import java.net.URI;
import java.util.List;

/// The authority under which a site is served. A request whose `Host` is another one is refused,
/// which stops DNS rebinding and poisoned links.
public final class RequestHost {
  private final Authority served;
  private final int standardPort;
  private final String usual;

  public RequestHost(URI site) {
    if (site.getHost() == null) {
      throw new IllegalArgumentException("'" + site + "' has no host");
    }
    served = Authority.of(site);
    standardPort = Authority.standardPort(String.valueOf(site.getScheme()));
    usual = String.valueOf(site.getRawAuthority());
  }

  /// Takes all `Host` values of a request: RFC 9112 section 3.2 wants exactly one.
  public boolean accepts(List<String> hostHeaderValues) {
    return hostHeaderValues.size() == 1 && accepts(hostHeaderValues.getFirst());
  }

  public boolean accepts(String host) {
    return host.equals(usual) || served.equals(Authority.parse(host, standardPort));
  }
}
