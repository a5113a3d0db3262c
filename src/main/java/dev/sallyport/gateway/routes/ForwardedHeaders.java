package dev.sallyport.gateway.routes;

import io.undertow.util.HttpString;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Tells an upstream who called whom, built anew for each call from what this server knows.
public final class ForwardedHeaders {
  private static final HttpString FOR = new HttpString("X-Forwarded-For");
  private static final HttpString REAL_IP = new HttpString("X-Real-Ip");

  private final List<Map.Entry<HttpString, String>> constant;

  public ForwardedHeaders(URI publicUrl) {
    String scheme = String.valueOf(publicUrl.getScheme());
    int standard = scheme.equals("https") ? 443 : 80;
    int port = publicUrl.getPort() < 0 ? standard : publicUrl.getPort();
    constant =
        List.of(
            Map.entry(new HttpString("X-Forwarded-Host"), String.valueOf(publicUrl.getAuthority())),
            Map.entry(new HttpString("X-Forwarded-Port"), String.valueOf(port)),
            Map.entry(new HttpString("X-Forwarded-Proto"), scheme));
  }

  public void addTo(List<Map.Entry<HttpString, String>> headers, InetAddress client) {
    String address = client.getHostAddress();
    headers.add(Map.entry(FOR, address));
    headers.add(Map.entry(REAL_IP, address));
    headers.addAll(constant);
  }
}
