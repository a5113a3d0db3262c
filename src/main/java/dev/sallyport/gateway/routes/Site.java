package dev.sallyport.gateway.routes;

import dev.sallyport.gateway.site.SiteCookies;
import dev.sallyport.http.AllowedOrigins;
import io.undertow.util.HeaderValues;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/// An app's own host.
///
/// @param origin as browsers send it
/// @param callers the pages that may call with a token: the app's own, and those of its settings
public record Site(
    Route route,
    String origin,
    SiteCookies cookies,
    AllowedOrigins callers,
    ForwardedHeaders forwarded) {

  public static Site of(Route route, List<String> origins) {
    String origin = Objects.requireNonNull(route.trust().app().publicAddress());
    URI url = URI.create(origin);
    return new Site(
        route,
        origin,
        new SiteCookies("https".equals(url.getScheme())),
        new AllowedOrigins(origins),
        new ForwardedHeaders(url));
  }

  /// Where the app leads to: servers that go by their own `Host` name themselves.
  public String location(URI upstream, String value) {
    String itself = upstream.getScheme() + "://" + upstream.getRawAuthority();
    boolean isItself = value.equals(itself) || value.startsWith(itself + "/");
    return isItself ? origin + value.substring(itself.length()) : value;
  }

  /// Whether a request says that a page of this very host sent it.
  public boolean isOwnPage(HeaderValues originHeader) {
    return originHeader.size() == 1 && originHeader.getFirst().equals(origin);
  }
}
