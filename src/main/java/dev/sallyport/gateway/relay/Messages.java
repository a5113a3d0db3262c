package dev.sallyport.gateway.relay;

import io.undertow.client.ClientRequest;
import io.undertow.client.ClientResponse;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the heads of both messages: the upstream's request and the client's response.
final class Messages {
  private Messages() {}

  static ClientRequest request(HttpServerExchange exchange, UpstreamPool pool, RelayCall call) {
    String requestTarget = call.requestTarget(pool.target());
    ClientRequest request =
        new ClientRequest()
            .setMethod(exchange.getRequestMethod())
            .setPath(requestTarget == null ? pool.requestTarget() : requestTarget);
    HeaderMap to = request.getRequestHeaders();
    copyRequestHeaders(exchange.getRequestHeaders(), to, call.requestHeaders());
    to.put(Headers.HOST, pool.hostHeader());
    for (Map.Entry<HttpString, String> header : call.requestHeaders()) {
      to.put(header.getKey(), header.getValue());
    }
    frame(exchange, to);
    return request;
  }

  private static void copyRequestHeaders(
      HeaderMap from, HeaderMap to, List<Map.Entry<HttpString, String>> ours) {
    Set<String> named = HeaderRules.connectionNamed(from);
    for (long i = from.fastIterateNonEmpty(); i != -1L; i = from.fiNextNonEmpty(i)) {
      HeaderValues values = from.fiCurrent(i);
      HttpString name = values.getHeaderName();
      if (HeaderRules.REQUEST.passes(name) && !isNamed(named, name) && !shadows(name, ours)) {
        to.addAll(name, values);
      }
    }
  }

  /// Many app servers read `X_Api_Key` and `X-Api-Key` as one: the client's must not stand beside
  /// ours.
  private static boolean shadows(HttpString name, List<Map.Entry<HttpString, String>> ours) {
    if (!HeaderRules.isOdd(name)) {
      return false;
    }
    HttpString folded = HeaderRules.hyphenated(name);
    return ours.stream().anyMatch(header -> header.getKey().equals(folded));
  }

  /// The framing is ours, from what the server knows of the body, never copied.
  private static void frame(HttpServerExchange exchange, HeaderMap to) {
    long length = exchange.getRequestContentLength();
    if (!exchange.isRequestComplete()) {
      if (length >= 0) {
        to.put(Headers.CONTENT_LENGTH, Long.toString(length));
      } else {
        to.put(Headers.TRANSFER_ENCODING, Headers.CHUNKED.toString());
      }
    } else if (!Methods.GET.equals(exchange.getRequestMethod())
        && !Methods.HEAD.equals(exchange.getRequestMethod())) {
      to.put(Headers.CONTENT_LENGTH, "0");
    }
  }

  static void response(
      HttpServerExchange exchange, ClientResponse response, UpstreamTarget from, RelayCall call) {
    exchange.setStatusCode(response.getResponseCode());
    HeaderMap source = response.getResponseHeaders();
    HeaderMap to = exchange.getResponseHeaders();
    Set<String> named = HeaderRules.connectionNamed(source);
    for (long i = source.fastIterateNonEmpty(); i != -1L; i = source.fiNextNonEmpty(i)) {
      HeaderValues values = source.fiCurrent(i);
      HttpString name = values.getHeaderName();
      boolean passes =
          HeaderRules.RESPONSE.passes(name)
              || (Headers.SET_COOKIE.equals(name) && call.passesCookies());
      if (passes && !isNamed(named, name)) {
        copy(values, to, from, call);
      }
    }
    // RFC 9112 section 6.3: Transfer-Encoding overrides Content-Length, which must not be passed on
    String length = source.getFirst(Headers.CONTENT_LENGTH);
    if (length != null && !source.contains(Headers.TRANSFER_ENCODING)) {
      to.put(Headers.CONTENT_LENGTH, length);
    }
  }

  private static void copy(HeaderValues values, HeaderMap to, UpstreamTarget from, RelayCall call) {
    for (int i = 0; i < values.size(); i++) {
      String value = call.responseHeader(from, values.getHeaderName(), values.get(i));
      if (value != null) {
        to.add(values.getHeaderName(), value);
      }
    }
  }

  private static boolean isNamed(@Nullable Set<String> named, HttpString name) {
    return named != null && named.contains(name.toString().toLowerCase(Locale.ROOT));
  }
}
