package dev.sallyport.gateway.exchange;

import dev.sallyport.gateway.routes.Site;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.Objects;
import java.util.Set;

/// What a browser says of a request (Fetch Metadata Request Headers): from which page it comes, and
/// what for.
public record FetchMetadata(GatewayExchange call) {
  private static final HttpString FORWARDED_METHOD = new HttpString("X-Forwarded-Method");
  private static final HttpString FETCH_MODE = new HttpString("Sec-Fetch-Mode");
  private static final HttpString FETCH_DEST = new HttpString("Sec-Fetch-Dest");
  private static final HttpString FETCH_SITE = new HttpString("Sec-Fetch-Site");
  private static final Set<HttpString> SAFE = Set.of(Methods.GET, Methods.HEAD, Methods.OPTIONS);

  /// Browsers add the cookie by themselves, also for pages of others, those of sibling hosts among
  /// them: they may only lead here.
  public boolean isOfOwnPage(Site site) {
    HeaderMap headers = call.exchange().getRequestHeaders();
    String from = Objects.requireNonNullElse(headers.getFirst(FETCH_SITE), "none");
    boolean isForeign = !from.equals("none") && !from.equals("same-origin");
    if (isForeign && !isTab()) {
      // A neighbour on the same domain gets the cookie sent: it must neither frame nor include.
      return false;
    }
    HeaderValues origins = headers.get(Headers.ORIGIN);
    if (origins != null) {
      return site.isOwnPage(origins);
    }
    // A WebSocket is no page: scripts of any origin may ask for one, and they all say which.
    return !call.upgrades() && (SAFE.contains(method()) || from.equals("same-origin"));
  }

  // A proxy that does not say what it holds may hold anything.
  private HttpString method() {
    String held = call.exchange().getRequestHeaders().getFirst(FORWARDED_METHOD);
    return call.isQuestion()
        ? new HttpString(Objects.requireNonNullElse(held, "POST"))
        : call.exchange().getRequestMethod();
  }

  /// Whether somebody looks at a page; in a frame nobody could sign in.
  public boolean isPage() {
    HeaderMap headers = call.exchange().getRequestHeaders();
    String accept = Objects.requireNonNullElse(headers.getFirst(Headers.ACCEPT), "");
    return isTab() && accept.contains("text/html");
  }

  /// Whether it may be a browser's tab that goes there; browsers say what else it is.
  private boolean isTab() {
    HeaderMap headers = call.exchange().getRequestHeaders();
    String mode = Objects.requireNonNullElse(headers.getFirst(FETCH_MODE), "navigate");
    String dest = Objects.requireNonNullElse(headers.getFirst(FETCH_DEST), "document");
    return Methods.GET.equals(method()) && mode.equals("navigate") && dest.equals("document");
  }
}
