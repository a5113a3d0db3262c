package dev.sallyport.http;

import java.net.URI;
import org.apache.hc.core5.http.HttpHost;

/// Reads the setting of the egress proxy.
final class EgressProxy {
  private EgressProxy() {}

  static HttpHost parse(String text) {
    try {
      URI url = URI.create(text);
      boolean bare = url.getRawUserInfo() == null && url.getRawQuery() == null;
      if ("http".equals(url.getScheme()) && url.getHost() != null && bare && url.getPort() > 0) {
        return new HttpHost("http", url.getHost(), url.getPort());
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one sentence for all wrong proxies
    }
    throw new IllegalArgumentException("SALLYPORT_OUTBOUND_PROXY: must be http://host:port");
  }
}
