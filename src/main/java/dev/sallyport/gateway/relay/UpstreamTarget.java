package dev.sallyport.gateway.relay;

import java.net.URI;

/// Where an upstream listens.
///
/// @param id the upstream's id in Sallyport
/// @param url http or https, with the host as configured; its raw path and query are what is
///     requested unless the call says otherwise
public record UpstreamTarget(String id, URI url) {

  public UpstreamTarget {
    boolean http = "http".equalsIgnoreCase(url.getScheme());
    if ((!http && !"https".equalsIgnoreCase(url.getScheme())) || url.getHost() == null) {
      throw new IllegalArgumentException("an upstream needs an http or https URL with a host");
    }
  }

  public boolean isTls() {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  /// The host without the brackets of an IPv6 literal.
  public String host() {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  public int port() {
    int standard = isTls() ? 443 : 80;
    return url.getPort() == -1 ? standard : url.getPort();
  }

  public String hostHeader() {
    return url.getPort() == -1 ? url.getHost() : url.getHost() + ":" + url.getPort();
  }

  public String requestTarget() {
    String rawPath = url.getRawPath();
    String path = rawPath == null || rawPath.isEmpty() ? "/" : rawPath;
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }
}
